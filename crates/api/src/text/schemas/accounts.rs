//! The schemas of accounts, invitations and texts to accept.

use super::Described;

schemas! {
    EtatCompte "État d’un compte." {
        a_confirmer "la personne n’a pas encore réglé de moyen de donner un code";
        actif "peut se connecter";
        desactive "fermé ; peut être rouvert";
    }
    GenreOrganisation "Sorte d’organisation dans laquelle un rôle agit." {
        enveloppe "enveloppe de formation";
        structure "structure qui emploie des aidants";
        organisme "organisme de formation";
    }
    CompteResume "Un compte, dans une liste." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000008";
        nom "Nom." = "Camille Martin";
        email "Adresse e-mail." = "camille.martin@departement.example";
        etat "État.";
        roles "Ses rôles.";
    }
    CompteDetail "Un compte, avec ses rôles, ses organisations, ses moyens et ses sessions." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000008";
        version "Version, à renvoyer dans `If-Match`." = 1;
        nom "Nom." = "Camille Martin";
        email "Adresse e-mail." = "camille.martin@departement.example";
        etat "État.";
        roles "Ses rôles.";
        rattachements "Ses organisations, et le rôle tenu dans chacune.";
        moyens "Ses moyens actifs de donner un code.";
        sessions "Ses sessions ouvertes.";
        code_accueil_expire_le "Jusqu’à quand vaut le code de son kit de bienvenue, tant qu’il n’a pas servi (RFC 3339, UTC)." = "2026-05-01T09:00:00.000000Z";
        cles_api "Nombre de clés d’API que cette personne a créées et qui s’arrêtent, pour de bon, si le compte est désactivé ou si un moyen est révoqué." = 0;
    }
    CodeAccueil "Le code d’un kit de bienvenue, à imprimer. Montré cette seule fois." {
        code "Six chiffres." = "042137";
        expire_le "Jusqu’à quand il vaut (RFC 3339, UTC)." = "2026-05-01T09:00:00.000000Z";
    }
    Rattachement "Une organisation d’un compte." {
        genre "Sorte d’organisation.";
        id "Identifiant de l’organisation." = "0198c0de-0000-7000-8000-000000000001";
        libelle "Nom de l’organisation." = "Ain 2026";
        role "Rôle tenu dans l’organisation.";
    }
    MoyenCompte "Un moyen de donner un code : application ou carte." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000009";
        genre "`application` ou `carte`." = "application";
        serie "Numéro de série d’une carte." = "PA000042";
        ajoute_le "Quand il a été ajouté (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
    }
    RattachementSaisi "Une organisation à donner à un compte." {
        id "Identifiant de l’organisation ; sa sorte est celle du rôle." = "0198c0de-0000-7000-8000-000000000001";
        role "Rôle tenu dans l’organisation, parmi ceux du compte.";
    }
    CompteNouveau "Un compte à créer, qui attend son premier accès." {
        nom "Nom." = "Camille Martin";
        email "Adresse e-mail." = "camille.martin@departement.example";
        roles "Ses rôles.";
        rattachements "Ses organisations." = [];
    }
    CompteModification "Ce qui change d’un compte ; un champ absent ne change pas." {
        nom "Nom." = "Camille Martin";
        etat "`actif` ou `desactive`.";
        roles "Tous ses rôles désormais.";
        rattachements "Toutes ses organisations désormais ; celles d’un rôle retiré partent avec lui." = [];
    }
    InvitationNouvelle "Une invitation à envoyer par courriel." {
        nom "Nom de la personne." = "Camille Martin";
        email "La seule adresse qui peut accepter." = "camille.martin@departement.example";
        role "Rôle donné à qui accepte.";
        organisation_id "Identifiant de l’organisation du rôle : nécessaire pour un récipiendaire." = "0198c0de-0000-7000-8000-000000000001";
    }
    InvitationVue "Une invitation envoyée et pas encore acceptée." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000a";
        nom "Nom de la personne." = "Camille Martin";
        email "La seule adresse qui peut accepter." = "camille.martin@departement.example";
        role "Rôle donné à qui accepte.";
        organisation "Nom de l’organisation." = "Ain 2026";
        cree_le "Quand elle a été envoyée (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        expire_le "Jusqu’à quand elle peut être acceptée (RFC 3339, UTC)." = "2026-03-09T09:00:00.000000Z";
    }
    InvitationOuverte "Ce que voit la personne invitée. Sans `application`, son compte a déjà un moyen, et accepter demande l’un de ses codes." {
        email "Adresse e-mail du compte." = "camille.martin@departement.example";
        role "Rôle proposé.";
        organisation "Nom de l’organisation." = "Ain 2026";
        application "De quoi régler une application ; montré cette fois seulement.";
    }
    Inscription "Demande un compte de demandeur." {
        nom "Nom." = "Camille Martin";
        email "Adresse e-mail, qui sera à confirmer." = "camille.martin@mairie.example";
    }
    GenreTexte "Un texte à accepter." {
        cgu "conditions d’utilisation, pour tous";
        charte_referent "charte du référent et du co-référent";
        charte_aidant "charte de l’aidant";
    }
    EngagementsVue "Ce que l’appelant doit avoir accepté, et ce qu’il a accepté." {
        textes "Les textes en vigueur pour le rôle actif.";
        acceptations "Toutes les acceptations du compte, la dernière d’abord.";
    }
    TexteVue "La version en vigueur d’un texte." {
        id "Identifiant de cette version." = "0198c0de-0000-7000-8000-00000000000b";
        genre "Quel texte.";
        version "Numéro de la version." = 1;
        contenu "Le texte ; une ligne vide sépare les paragraphes, un titre commence par `# `." = "# Votre compte\n\nVotre compte est personnel.";
        publie_le "Quand elle a été publiée (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        accepte_le "Quand l’appelant l’a acceptée (RFC 3339, UTC) ; absent tant qu’il ne l’a pas fait." = "2026-03-02T09:05:00.000000Z";
    }
    AcceptationVue "Une version acceptée." {
        genre "Quel texte.";
        version "Numéro de la version." = 1;
        accepte_le "Quand (RFC 3339, UTC)." = "2026-03-02T09:05:00.000000Z";
    }
    TexteNouveau "Une version à publier." {
        genre "Quel texte.";
        contenu "Le texte ; une ligne vide sépare les paragraphes, un titre commence par `# `." = "# Votre compte\n\nVotre compte est personnel.";
    }
    TextePublie "Une version qui vient d’être publiée." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000b";
        genre "Quel texte.";
        version "Numéro de la version." = 2;
    }
}
