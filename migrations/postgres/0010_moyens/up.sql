-- The name that its holder gives a means of codes: « mon téléphone ».
ALTER TABLE moyen_otp ADD COLUMN nom TEXT NOT NULL DEFAULT '';
