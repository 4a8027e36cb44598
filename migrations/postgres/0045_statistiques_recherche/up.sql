-- How frequent a searched word is, counted to a third of a percent: to a percent, a word that one sampled row holds by chance is
-- looked for by reading the whole table in the order of the sort.
ALTER INDEX demande_recherche ALTER COLUMN 1 SET STATISTICS 300;
