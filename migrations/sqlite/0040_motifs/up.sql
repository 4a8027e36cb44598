-- Opens the demandes refused for a reason: few have one.
CREATE INDEX demande_jalon_par_motif ON demande_jalon (motif_refus) WHERE motif_refus <> '';
