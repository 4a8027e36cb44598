ALTER TABLE vue DROP COLUMN habituelle;
DROP TABLE presence;
