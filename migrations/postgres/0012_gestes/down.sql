DROP INDEX journal_par_geste;
