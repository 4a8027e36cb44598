//! Envelopes and the decisions that spend them.

use super::Described;

schemas! {
    ActionFinancement "Ce qui est décidé du financement d’une demande." {
        accorder "L’enveloppe la finance.";
        refuser "Elle n’est pas financée : le motif est envoyé à la structure et au professionnel.";
        mettre_en_attente "Elle attend, derrière celles qui attendent déjà.";
        retirer "Elle est retirée.";
        rouvrir "Ce qui a été décidé ou retiré est étudié de nouveau ; l’argent revient à l’enveloppe.";
    }
    SelectionSaisie "Les demandes d’un filtre, dans l’ordre d’un tri." {
        filter "Filtre, comme pour `GET /demandes`." = "etape eq \"recue\" and verdict eq \"ok\"";
        sort "Tri, comme pour `GET /demandes`." = "date_demande";
        q "Recherche, comme pour `GET /demandes`." = "";
    }
    DecisionSaisie "Une décision sur le financement de demandes." {
        action "Ce qui est décidé." = "accorder";
        demandes "De 1 à 1 000 demandes, dans l’ordre où elles sont servies ; ou bien `selection`." = ["0198c0de-0000-7000-8000-000000000003"];
        selection "Les demandes d’un filtre ; ou bien `demandes`.";
        premieres "N’accorder que les premières qui tiennent dans ce qui reste. `false` par défaut." = false;
        motif "Le motif : d’un refus, envoyé par courriel, ou d’un accord malgré une vérification à faire. Gardé dans l’historique." = "";
        atomique "Un seul refus les refuse toutes, et rien n’est écrit ; sinon, celles qui le peuvent sont faites. `true` par défaut." = true;
        essai "Rien n’est écrit : la réponse dit ce qui le serait. `false` par défaut." = false;
    }
    PromotionSaisie "Accorder aux demandes de la liste d’attente." {
        motif "Le motif d’un accord malgré une vérification à faire. Gardé dans l’historique." = "";
        essai "Rien n’est écrit : la réponse dit ce qui le serait. `false` par défaut." = false;
    }
    SoldeVue "Les comptes d’une enveloppe, en centimes." {
        enveloppe_id "L’enveloppe." = "0198c0de-0000-7000-8000-000000000001";
        montant "Montant." = 2000000;
        engage "Engagé : les financements accordés." = 99999;
        consomme "Consommé : les formations suivies." = 33333;
        reste "Ce qui reste à accorder." = 1900001;
        departs "Formations financées." = 3;
        cible "Formations visées : un objectif, jamais un plafond." = 60;
    }
    DecisionTraitee "Ce qu’il est advenu d’une décision." {
        essai "C’était un essai : rien n’est écrit." = false;
        faites "Demandes décidées ; dans un essai, celles qui le seraient." = 1;
        inchangees "Demandes déjà dans cet état." = 0;
        refusees "Demandes refusées." = 0;
        courriels "Courriels qui disent la décision et qui partent, ou partiraient : ils ne se rappellent pas." = 0;
        enveloppes "Les enveloppes concernées, désormais ; dans un essai, ce qu’elles seraient.";
        resultats "Ce qu’il est advenu de chacune, dans l’ordre où elles sont servies.";
    }
    EtatEnveloppe "Où en est une enveloppe." {
        brouillon "En préparation : elle ne prend pas de candidature et ne finance rien.";
        ouverte "Elle prend des candidatures et finance.";
        close "Elle ne prend plus rien et ne finance plus ; ce qui est financé le reste.";
    }
    TarifSaisi "Le prix d’un organisme pour une formation." {
        formation "Formation." = "aidants_connect";
        organisme "Nom de l’organisme, comme dans la colonne `organisme` des demandes." = "01 - Organisme de l’Ain";
        prix "Prix, en centimes." = 30000;
    }
    EnveloppeReglages "Ce qui se règle d’une enveloppe ; son montant change par des mouvements." {
        libelle "Libellé, seul de son nom dans un département et une année." = "Ain 2026";
        recipiendaire "Nom du récipiendaire." = "Conseil départemental de l’Ain";
        siret "SIRET du récipiendaire ; vide s’il n’est pas connu." = "22010001000019";
        etat "Où elle en est ; `brouillon` par défaut." = "ouverte";
        convention "Référence de la convention ; vide si elle n’est pas connue." = "2026-01-AC";
        debut "Premier jour de la convention ; vide s’il n’est pas connu." = "2026-01-01";
        fin "Dernier jour de la convention ; vide s’il n’est pas connu." = "2026-12-31";
        cible "Formations visées : un objectif montré, jamais un plafond. 60 par défaut." = 60;
        acces "Combien de personnes peuvent y avoir accès, invitations comprises. 2 par défaut." = 2;
        prix_aidants_numeriques "Prix de la formation Aidants Numériques, en centimes." = 33333;
        prix_aidants_connect "Prix de la formation Aidants Connect, en centimes." = 33333;
        tarifs "Prix des organismes qui ont les leurs.";
    }
    EnveloppeNouvelle "Une enveloppe à créer." {
        departement "Code du département." = "01";
        annee "Année." = 2026;
        montant "Montant, en centimes : 20 000 € par défaut." = 2000000;
        reglages "Le reste.";
    }
    EnveloppeResume "Une enveloppe et ses comptes, en centimes." {
        version "Version, comme dans l’`ETag`." = 1;
        etat "Où elle en est." = "ouverte";
        montant "Montant." = 2000000;
        engage "Engagé : les financements accordés." = 99999;
        consomme "Consommé : les formations suivies." = 33333;
        reste "Ce qui reste à accorder." = 1900001;
        departs "Formations financées." = 3;
        cible "Formations visées : un objectif, jamais un plafond." = 60;
    }
    AccesVue "Qui a accès à une enveloppe, ou y est invité." {
        nom "Nom." = "Camille Martin";
        email "Adresse e-mail." = "camille.martin@departement.example";
        invitation "L’invitation n’est pas encore acceptée." = false;
    }
    EnveloppeDetail "Une enveloppe en entier." {
        reglages "Ce qui en est réglé.";
        acces "Qui y a accès.";
        en_attente "Demandes sur sa liste d’attente." = 4;
    }
    EnveloppesImportees "Ce qu’il est advenu d’un fichier d’enveloppes." {
        essai "C’était un essai : rien n’est écrit." = false;
        creees "Enveloppes créées." = 101;
        modifiees "Enveloppes réglées autrement." = 0;
        inchangees "Enveloppes qui l’étaient déjà." = 0;
    }
    GenreMouvement "Ce que fait un mouvement." {
        avenant "Le montant d’une enveloppe augmente, ou diminue.";
        transfert "De l’argent va d’une enveloppe à une autre.";
    }
    EtatMouvement "Où en est un mouvement." {
        propose "Il attend une autre personne.";
        approuve "Il est fait.";
        refuse "Il est refusé, ou abandonné par qui l’a proposé.";
    }
    MouvementSaisie "Un mouvement à proposer." {
        genre "Ce qu’il fait." = "avenant";
        vers "L’enveloppe où va un transfert ; absente pour un avenant.";
        montant "Combien, en centimes : plus que zéro pour un transfert ; ce qui s’ajoute, ou se retire, pour un avenant." = 500000;
        motif "Pourquoi." = "Avenant n° 1 à la convention.";
    }
    MouvementVue "Un mouvement." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000c";
        genre "Ce qu’il fait." = "avenant";
        etat "Où il en est." = "propose";
        enveloppe_id "L’enveloppe amendée, ou celle qui donne." = "0198c0de-0000-7000-8000-000000000001";
        vers "L’enveloppe où va un transfert ; absente pour un avenant." = "0198c0de-0000-7000-8000-000000000002";
        montant "Combien, en centimes." = 500000;
        motif "Pourquoi." = "Avenant n° 1 à la convention.";
        propose_par "Qui l’a proposé." = "Camille Martin";
        propose_le "Quand (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        decide_par "Qui l’a approuvé ou refusé ; absent tant qu’il attend." = "Alex Durand";
        decide_le "Quand (RFC 3339, UTC) ; absent tant qu’il attend." = "2026-03-03T09:00:00.000000Z";
    }
}
