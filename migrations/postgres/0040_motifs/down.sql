DROP INDEX demande_jalon_par_motif;
