//! Links of the candidature form, and the candidature that is followed.

use super::Described;

schemas! {
    StructurePreremplie "Ce que le formulaire contient d’avance ; ce qui est vide est laissé à qui le remplit." {
        nom "Nom de la structure." = "Grand Bourg Agglomération";
        type_structure "Type de structure : un code de `GET /referentiel/types-structure`." = "epci";
        siret "SIRET." = "21010053300012";
        adresse "Numéro et rue." = "6 rue de la Mairie";
        code_postal "Code postal." = "01000";
        ville "Ville." = "Bourg-en-Bresse";
    }
    LienSaisie "Un lien de candidature à faire ou à régler." {
        libelle "À quoi il sert ; montré au-dessus du formulaire." = "Structures de l’agglomération";
        ouvre_le "Premier jour ; vide s’il est ouvert aussitôt." = "2026-12-01";
        ferme_le "Dernier jour ; vide s’il n’y en a pas." = "2026-12-31";
        structure "Ce que le formulaire contient d’avance.";
        ferme "Fermé, quels que soient les jours." = false;
    }
    EtatLien "Un lien prend-il des candidatures ?" {
        ouvert "Oui.";
        a_venir "Pas encore : son premier jour est à venir.";
        ferme "Non : son dernier jour est passé, ou lui ou son enveloppe sont fermés.";
    }
    Lien "Un lien de candidature." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000b";
        version "Version, comme dans l’`ETag`." = 1;
        code "La fin de son adresse courte." = "7K3M9Q2D";
        adresse "Son adresse courte." = "https://parcours.example/c/7K3M9Q2D";
        etat "Prend-il des candidatures ?" = "ouvert";
        candidatures "Candidatures déposées par lui." = 12;
        reglages "Ce qui a été réglé.";
    }
    LienPublic "Un lien de candidature, pour qui le suit." {
        code "La fin de son adresse courte." = "7K3M9Q2D";
        libelle "À quoi il sert." = "Structures de l’agglomération";
        etat "Prend-il des candidatures ?" = "ouvert";
        ouvre_le "Premier jour ; vide s’il n’y en a pas." = "2026-12-01";
        ferme_le "Dernier jour ; vide s’il n’y en a pas." = "2026-12-31";
        enveloppe "L’enveloppe où va la candidature.";
        structure "Ce que le formulaire contient d’avance.";
    }
    BrouillonSaisie "Un brouillon de candidature à garder." {
        jeton "Secret du brouillon à remplacer ; sans lui, un nouveau est fait.";
        contenu "Ce qui est saisi, tel que l’écrit le formulaire." = "{\"structure.nom\":\"CCAS\"}";
    }
    BrouillonDemande "Un brouillon, par son secret." {
        jeton "Son secret." = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    }
    BrouillonVue "Un brouillon gardé." {
        jeton "Son secret." = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
        expire_le "Jour après lequel il est oublié, s’il n’est pas enregistré de nouveau." = "2026-12-30";
        contenu "Ce qui est saisi." = "{\"structure.nom\":\"CCAS\"}";
    }
    DemandeSuivi "Demande où en est une candidature." {
        jeton "Secret du lien reçu par courriel." = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    }
    SuiviCandidature "Où en est une candidature." {
        reference "Référence à citer." = "PA-7K3M-9Q2D";
        deposee_le "Jour du dépôt." = "2026-11-30";
        structure "Nom de la structure." = "Mairie de Bourg-en-Bresse";
        recipiendaire "Qui l’étudie, quand c’est connu." = "Hub du numérique";
        demandes "Une par professionnel et par formation.";
    }
    Etape "Où en est une demande." {
        recue "Reçue.";
        liste_attente "Sur liste d’attente.";
        financement_accorde "Financement accordé.";
        financement_refuse "Financement refusé.";
        eligibilite_en_attente "Éligibilité en attente.";
        eligibilite_validee "Éligibilité validée.";
        eligibilite_refusee "Éligibilité refusée.";
        planifiee "Session fixée.";
        presente "Formation suivie.";
        presence_partielle "Formation suivie en partie.";
        absente "Absence.";
        pix_passe "Test Pix passé.";
        habilitee "Habilitée.";
        annulee "Annulée.";
        retiree "Retirée.";
    }
    SuiviDemande "Où en est une demande." {
        id "Identifiant, pour répondre à une question." = "0198c0de-0000-7000-8000-000000000003";
        echanges "Ce que l’équipe Aidants Connect a demandé, et ce qui a été répondu.";
        peut_repondre "Une réponse est attendue, ou peut être complétée." = false;
        prenom "Prénom." = "Angela";
        nom "Nom." = "Dubois";
        formation "Formation demandée." = "aidants_connect";
        etape "Étape." = "recue";
        date_session "Jour de la session, une fois fixé." = "2027-01-15";
    }
}
