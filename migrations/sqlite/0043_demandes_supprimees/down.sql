DROP INDEX journal_par_suppression;
