//! The eligibility batches and what follows from them.

use super::Described;

schemas! {
    LotVue "Un lot d’éligibilité et ses compteurs." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000009";
        numero "Numéro, à partir de 1." = 3;
        prevu_le "Jour pour lequel il était prévu ; celui de son ouverture, s’il a été ouvert à la main." = "2026-03-18";
        ouvert_le "Quand il a été ouvert (UTC)." = "2026-03-18T00:00:12.000000Z";
        clos_le "Quand le lot suivant a repris ce qui restait ; absent tant qu’il est ouvert.";
        a_la_main "Quelqu’un l’a ouvert sans attendre le calendrier." = false;
        demandes "Demandes qu’il a prises." = 12;
        a_decider "Demandes sans décision." = 4;
        validees "Demandes validées." = 7;
        refusees "Demandes refusées." = 1;
        reportees "Demandes reprises par le lot suivant." = 0;
        en_complement "Parmi celles sans décision, celles dont la structure n’a pas encore répondu." = 1;
        reponses "Parmi celles sans décision, celles dont la structure a répondu." = 1;
    }
    LotDemandeVue "Une demande de la liste de travail d’un lot." {
        id "Identifiant de la demande." = "0198c0de-0000-7000-8000-000000000003";
        version "Version de la demande." = 4;
        etape "Où elle en est maintenant : elle a pu être retirée depuis.";
        decision "Ce que le lot sait de sa décision.";
        complement "Où en est le complément demandé.";
        motif "Motif écrit avec la décision.";
        auteur "Qui a décidé.";
        decide_le "Quand elle a été décidée (UTC).";
        retenue "Un constat bloquant empêche de la valider." = false;
        motif_requis "Un constat à vérifier demande un motif pour la valider." = true;
        colonnes "Ses colonnes qui ne sont pas vides, par nom." = { "nom": "Dubois", "prenom": "Angela" };
        constats "Ce que chaque règle en dit, et sur quelle preuve.";
    }
    DecisionLot "Ce qu’un lot sait de la décision sur une demande." {
        a_decider "Pas encore de décision.";
        validee "Validée.";
        refusee "Refusée.";
        reportee "Laissée sans décision : le lot suivant l’a reprise.";
    }
    Complement "Où en est le complément demandé à la structure." {
        aucun "Rien n’a été demandé.";
        demande "La structure n’a pas encore répondu.";
        recu "La structure a répondu.";
    }
    ActionEligibilite "Ce qui est décidé de l’éligibilité d’une demande." {
        valider "Elle est éligible : sa structure est habilitée et l’accès au bac à sable est mis en file.";
        refuser "Elle ne l’est pas : le motif est envoyé, et l’argent revient à l’enveloppe.";
        complement "La question est envoyée au référent de la structure ; rien n’est décidé.";
        rouvrir "Ce qui a été décidé est étudié de nouveau.";
    }
    DecisionLotSaisie "Une décision sur l’éligibilité de demandes d’un lot." {
        action "Ce qui est décidé." = "valider";
        demandes "De 1 à 1 000 demandes du lot." = ["0198c0de-0000-7000-8000-000000000003"];
        motif "Le motif d’un refus, ou d’une validation malgré une vérification à faire ; la question, pour un complément." = "SIRET vérifié auprès de la mairie.";
        atomique "Un seul refus les refuse toutes, et rien n’est écrit ; sinon, celles qui le peuvent sont faites. `true` par défaut." = true;
        essai "Rien n’est écrit : la réponse dit ce qui le serait. `false` par défaut." = false;
    }
    DecisionLotTraitee "Ce qu’il est advenu d’une décision sur des demandes d’un lot." {
        essai "C’était un essai : rien n’est écrit." = false;
        faites "Demandes décidées ; dans un essai, celles qui le seraient." = 1;
        inchangees "Demandes déjà dans cet état." = 0;
        refusees "Demandes refusées." = 0;
        courriels "Courriels qui disent la décision et qui partent, ou partiraient : ils ne se rappellent pas." = 3;
        structures "Structures habilitées par cette décision, ou qui le seraient." = 1;
        resultats "Ce qu’il est advenu de chacune, dans l’ordre.";
    }
    CalendrierSaisi "Un calendrier à régler." {
        premier_jour "Jour de la première ouverture (UTC)." = "2026-03-03";
        periode "Nombre de jours entre deux ouvertures, de 1 à 365 ; 15 par défaut." = 15;
    }
    CalendrierVue "Le calendrier des lots d’éligibilité." {
        version "Version qui vaut, pour `If-Match`." = 1;
        premier_jour "Jour de la première ouverture (UTC)." = "2026-03-03";
        periode "Nombre de jours entre deux ouvertures." = 15;
        prochaine "Jour de la prochaine ouverture." = "2026-03-18";
        versions "Ses réglages, le dernier d’abord.";
    }
    CalendrierVersion "Un réglage du calendrier." {
        version "Son numéro." = 1;
        premier_jour "Jour de la première ouverture (UTC)." = "2026-03-03";
        periode "Nombre de jours entre deux ouvertures." = 15;
        depuis "Quand il a été fait (UTC)." = "2026-03-03T00:00:00.000000Z";
        auteur "Par qui." = "Rythme du programme";
    }
    AccesBacASable "L’accès d’une personne au bac à sable, le site d’entraînement." {
        demande_id "La demande." = "0198c0de-0000-7000-8000-000000000003";
        prenom "Prénom." = "Angela";
        nom "Nom." = "Dubois";
        email "Adresse avec laquelle l’accès s’ouvre." = "angela.dubois@mairie.example";
        structure "Nom de la structure." = "Mairie de Bourg-en-Bresse";
        numero_habilitation "Numéro d’habilitation de la structure." = "01010000";
        etat "Où il en est.";
        demande_le "Quand il a été demandé (UTC)." = "2026-03-18T09:00:00.000000Z";
        maj_le "Quand il a changé pour la dernière fois (UTC)." = "2026-03-18T09:00:00.000000Z";
    }
    EtatAcces "Où en est un accès au bac à sable." {
        en_file "À ouvrir.";
        ouvert "Ouvert.";
        annule "Il n’est plus à ouvrir.";
    }
    EchangeVue "Un message d’un échange avec une structure." {
        genre "Qui parle.";
        texte "Ce qui est dit." = "Qui accompagne les usagers ?";
        date "Quand (UTC)." = "2026-03-18T09:00:00.000000Z";
        auteur "Qui a demandé ; vide pour la structure." = "Camille Testeur";
    }
    GenreEchange "Qui parle." {
        question "L’équipe Aidants Connect demande.";
        reponse "La structure répond.";
    }
    ReponseSuivi "La réponse d’une structure." {
        jeton "Secret du lien reçu par courriel." = "0f1e2d3c";
        demande "La demande dont il s’agit." = "0198c0de-0000-7000-8000-000000000003";
        texte "La réponse, 2 000 caractères au plus." = "Elle accueille les usagers trois jours par semaine.";
    }
}
