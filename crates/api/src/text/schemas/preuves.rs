//! Proofs from the outside.

use super::Described;

schemas! {
    PreuvesStructure "Ce que les services extérieurs disent d’une structure." {
        siret "Son SIRET." = "21750001600019";
        suivis "Où en est chaque vérification.";
        entreprise "Ce que dit l’Annuaire des entreprises, quand il a répondu.";
        opco "Son OPCO, par la source la plus sûre qui le connaît : SIRO, sinon la table importée, sinon les conventions collectives.";
        adresse "Son adresse, telle que la connaît la Base adresse nationale.";
    }
    StructureAnnuaire "Ce que dit l’Annuaire des entreprises d’un SIRET." {
        siret "Le SIRET." = "21750001600019";
        etat "Ce qu’on en sait.";
        source "Son nom." = "Annuaire des entreprises";
        obtenue_le "Quand la réponse gardée a été donnée (UTC)." = "2026-03-02T09:00:00.000000Z";
        entreprise "L’entreprise et l’établissement, quand l’annuaire les connaît.";
    }
    SuiviPreuve "Où en est la vérification d’une structure auprès d’un service." {
        service "Le service.";
        source "Son nom." = "Annuaire des entreprises";
        etat "Ce qu’on en sait.";
        obtenue_le "Quand la réponse gardée a été donnée (UTC)." = "2026-03-02T09:00:00.000000Z";
        tentee_le "Quand il a été interrogé pour la dernière fois." = "2026-03-02T09:00:00.000000Z";
        echec "Pourquoi il n’a pas répondu cette fois-là.";
        prochaine_le "À partir de quand il sera interrogé de nouveau." = "2026-03-31T09:00:00.000000Z";
    }
    Service "Un service extérieur." {
        entreprises "L’Annuaire des entreprises (API Recherche d’entreprises).";
        siro "SIRO, de France compétences : l’OPCO d’un établissement.";
        adresses "La Base adresse nationale.";
    }
    EtatPreuve "Ce qu’on sait d’un service." {
        en_attente "Il n’a pas encore été interrogé.";
        verifiee "Il a répondu.";
        inconnue "Il a répondu qu’il ne connaît pas la structure.";
        non_verifiee "Il n’a jamais répondu : il sera interrogé de nouveau.";
    }
    EchecPreuve "Pourquoi un service n’a pas répondu." {
        delai "Pas à temps.";
        injoignable "Il n’a pas pu être joint, ou son adresse est refusée.";
        sature "Il demande à être laissé en paix un moment (429).";
        refus "Il refuse (4xx, redirection).";
        panne "Il est en panne (5xx).";
        illisible "Sa réponse ne peut pas être lue.";
    }
    Entreprise "Une entreprise et son établissement, d’après l’Annuaire des entreprises. Un texte est vide quand il ne le dit pas." {
        nom "Nom complet de l’entreprise." = "COMMUNE DE BOURG EN BRESSE";
        adresse "Adresse de l’établissement, en une ligne." = "PLACE DE L HOTEL DE VILLE 01000 BOURG-EN-BRESSE";
        code_postal "Son code postal." = "01000";
        commune "Nom de sa commune." = "BOURG-EN-BRESSE";
        code_insee "Code INSEE de sa commune." = "01053";
        nature_juridique "Catégorie juridique (INSEE)." = "7210";
        activite "Activité principale (NAF)." = "84.11Z";
        idcc "Conventions collectives déclarées (IDCC)." = ["5021"];
        qualiopi "Si l’entreprise a une certification Qualiopi ; absent quand l’annuaire ne le dit pas." = false;
        administration "Si c’est une administration ; absent quand l’annuaire ne le dit pas." = true;
        ouvert "L’entreprise est en activité et l’établissement est ouvert." = true;
    }
    PreuveOpco "L’OPCO d’une structure." {
        opco "L’OPCO ; vide quand ce qui est déclaré ne le dit pas." = "UNIFORMATION COHESION SOCIALE";
        confirme "Donné par SIRO ou par la table importée ; sinon présumé." = true;
        valeur "Ce que dit la source." = "UNIFORMATION COHESION SOCIALE";
        source "La source." = "SIRO (France compétences)";
        date "Quand il a été établi." = "2026-03-02";
    }
    AdresseGeocodee "Une adresse, telle que la connaît la Base adresse nationale." {
        libelle "L’adresse, en une ligne." = "1 Place de la Mairie 01000 Bourg-en-Bresse";
        code_insee "Code INSEE de sa commune." = "01053";
        code_postal "Son code postal." = "01000";
        longitude "Longitude, en degrés." = "5.225123";
        latitude "Latitude, en degrés." = "46.205456";
        score "Ressemblance avec l’adresse cherchée, de 0 à 100." = 92;
        certaine "Assez ressemblante pour être crue : 80 au moins, et même code postal." = true;
    }
}
