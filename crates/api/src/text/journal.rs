//! What each entry of the journal says, for those who read it.

/// An action in a few words; an unknown one is shown as it is.
pub fn action(code: &str) -> &str {
    match code {
        "candidature.deposee" => "Candidature déposée",
        "compte.administrateur_cree" => "Administrateur créé",
        "compte.carte_recalee" => "Carte de codes recalée",
        "compte.moyen_ajoute" => "Moyen de codes ajouté",
        "compte.moyen_confirme" => "Premier moyen de codes réglé",
        "compte.moyen_renomme" => "Moyen de codes renommé",
        "compte.moyen_retire" => "Moyen de codes retiré",
        "connexion.lien_envoye" => "Lien de connexion envoyé",
        "connexion.refusee" => "Connexion refusée",
        "demande.creee" => "Demande ajoutée",
        "demande.import_defait" => "Demande rendue à son état d’avant l’import",
        "demande.importee" => "Demande importée",
        "demande.modifiee" => "Demande modifiée",
        "demande.restauree" => "Demande rétablie",
        "demande.supprimee" => "Demande supprimée",
        "demandes.exportees" => "Demandes exportées",
        "import.annule" => "Import annulé",
        "import.arret_demande" => "Arrêt d’un import demandé",
        "import.defait" => "Import défait",
        "import.echoue" => "Import échoué",
        "import.recu" => "Import reçu",
        "import.retour_demande" => "Retour sur un import demandé",
        "import.termine" => "Import terminé",
        "session.autres_fermees" => "Autres sessions fermées",
        "session.code_donne" => "Code donné de nouveau",
        "session.code_refuse" => "Code donné de nouveau et refusé",
        "session.fermee" => "Session fermée",
        "session.ouverte" => "Session ouverte",
        "session.role_change" => "Changement de rôle",
        "session.toutes_fermees" => "Toutes les sessions fermées",
        other => other,
    }
}
