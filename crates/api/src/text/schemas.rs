//! What the OpenAPI document says of each schema and of each of its members, with an example. The comments of the Rust
//! types are for those who write the program; these sentences are for those who call it.

/// The description of a schema; its members are properties or, for a closed list, values.
pub struct Described {
    /// Name of the schema.
    pub name: &'static str,
    /// What it is.
    pub text: &'static str,
    /// Name, meaning and example (JSON) of each member.
    pub members: &'static [(&'static str, &'static str, Option<&'static str>)],
}

/// `Name "text" { member "text" = example; … }`; the example is JSON and may be left out.
macro_rules! schemas {
    ($($name:ident $text:literal { $($member:tt $meaning:literal $(= $example:tt)?;)* })+) => {
        /// The schemas that are described here. Columns of the table are described by their labels, in `domain`.
        pub const SCHEMAS: &[Described] = &[$(Described {
            name: stringify!($name),
            text: $text,
            members: &[$((stringify!($member), $meaning, schemas!(@example $($example)?))),*],
        }),+];
    };
    (@example $example:tt) => { Some(stringify!($example)) };
    (@example) => { None };
}

mod accounts;
mod commentaires;
mod courriels;
mod eligibilite;
mod enveloppes;
mod grist;
mod habilites;
mod liens;
mod lots;
mod messages;
mod pilotage;
mod preuves;
mod vues;

/// Every schema that is described.
pub fn all() -> impl Iterator<Item = &'static Described> {
    let areas = [
        SCHEMAS,
        accounts::SCHEMAS,
        commentaires::SCHEMAS,
        courriels::SCHEMAS,
        eligibilite::SCHEMAS,
        enveloppes::SCHEMAS,
        grist::SCHEMAS,
        habilites::SCHEMAS,
        liens::SCHEMAS,
        lots::SCHEMAS,
        messages::SCHEMAS,
        pilotage::SCHEMAS,
        preuves::SCHEMAS,
        vues::SCHEMAS,
    ];
    areas.into_iter().flatten()
}

schemas! {
    NouvelleCandidature "Une candidature : une structure, son référent, un à cinquante professionnels." {
        enveloppe "Identifiant de l’enveloppe, celui du lien suivi ; sans lui, la seule enveloppe ouverte du département de la structure." = "0198c0de-0000-7000-8000-000000000001";
        lien "Code du lien de candidature suivi (`7K3M9Q2D`), au lieu d’une enveloppe.";
        structure "La structure qui emploie les professionnels.";
        referent "Son référent : nécessaire à la formation Aidants Connect, pas au dépôt.";
        professionnels "Les professionnels à former.";
    }
    StructureSaisie "La structure, telle que saisie." {
        nom "Nom." = "Mairie de Bourg-en-Bresse";
        type_structure "Type de structure : un code de `GET /referentiel/types-structure`." = "municipalites";
        label_france_services "Porte le label France Services." = false;
        email_contact "Adresse e-mail de contact ; une boîte partagée convient." = "contact@mairie.example";
        adresse "Numéro et rue." = "6 rue de la Mairie";
        code_postal "Code postal, cinq chiffres." = "01000";
        ville "Ville." = "Bourg-en-Bresse";
        code_insee "Code INSEE de la commune, s’il est connu : il décide du département." = "01053";
        siret "SIRET : 14 chiffres, espaces permis." = "21010053300012";
        numero_habilitation "Numéro d’habilitation, si la structure est déjà habilitée." = "010042";
    }
    ReferentSaisie "Le référent, tel que saisi. Un champ peut rester vide ; rempli, il doit être bien formé." {
        nom "Nom." = "Martin";
        prenom "Prénom." = "Claude";
        profession "Profession." = "Directrice générale des services";
        email "Adresse e-mail." = "claude.martin@mairie.example";
        telephone "Numéro de téléphone mobile : le premier code y est envoyé." = "06 12 34 56 78";
    }
    ProfessionnelSaisie "Un professionnel à former, tel que saisi." {
        nom "Nom." = "Dubois";
        prenom "Prénom." = "Angela";
        email "Adresse e-mail professionnelle, que personne d’autre n’utilise." = "angela.dubois@mairie.example";
        profession "Profession." = "Secrétaire de mairie";
        formations "Une formation ou les deux : une demande pour chacune.";
        statut "Statut dans la structure.";
        conseiller_numerique "Est conseiller numérique ; sans réponse, ni oui ni non." = false;
        accompagne_demarches "Accompagne régulièrement des démarches en ligne ; sans réponse, ni oui ni non." = true;
    }
    CandidatureRecue "Réponse au dépôt d’une candidature." {
        id "Identifiant de la candidature." = "0198c0de-0000-7000-8000-000000000002";
        reference "Référence à rappeler." = "PA-7K3M-9Q2D";
        enveloppe "Libellé de l’enveloppe qui la reçoit ; absent quand elle en attend une." = "Ain 2026";
        recipiendaire "Récipiendaire qui la lira, s’il est connu." = "Conseil départemental de l’Ain";
        suite "Ce qui se passe ensuite." = "Le récipiendaire examine la demande et répond à l’adresse de contact.";
        demandes "Une demande par professionnel et par formation, dans l’ordre du dépôt.";
    }
    EvaluationCandidature "Réponse à une vérification : rien n’a été enregistré." {
        demandes "Une demande par professionnel et par formation, dans l’ordre du corps.";
    }
    DemandeEvaluee "Le verdict d’une demande." {
        id "Identifiant de la demande ; absent quand rien n’est enregistré." = "0198c0de-0000-7000-8000-000000000003";
        professionnel "Rang du professionnel dans le corps, à partir de 0." = 0;
        formation "Formation demandée.";
        verdict "Verdict d’ensemble : le plus grave des constats.";
        constats "Un constat par règle qui a quelque chose à dire.";
    }
    Constat "Ce qu’une règle dit d’une demande." {
        regle "Règle." = "ELI-4";
        verdict "Ce qu’elle conclut.";
        phrase "Phrase qui dit quoi faire." = "L’adresse correspond au nom du professionnel.";
        champ "Champ en cause, nommé comme dans la demande, s’il y en a un." = "email";
        preuve "Ce sur quoi repose le constat.";
    }
    Preuve "Ce sur quoi repose un constat." {
        source "D’où vient le fait." = "Saisie";
        date "Quand le fait a été établi, si on le sait." = "2026-03-02";
        valeur "Valeur examinée." = "angela.dubois@mairie.example";
    }
    Verdict "Ce que conclut une règle, du moins au plus grave." {
        "ok" "en ordre, avec une preuve";
        "a-verifier" "une personne doit regarder : un fait manque ou laisse un doute";
        "bloquant" "le financement par une enveloppe est refusé";
    }
    Formation "L’une des deux formations." {
        aidants_numeriques "Aidants Numériques : les huit thèmes";
        aidants_connect "Aidants Connect : l’outil, le cadre légal, le bac à sable, le code et Pix";
    }
    StatutProfessionnel "Statut du professionnel dans la structure." {
        salarie "salarié ou agent public";
        elu "élu";
        benevole "bénévole";
        service_civique "service civique";
        apprenti "apprenti";
        stagiaire "stagiaire";
    }
    DemandeSaisie "Les colonnes d’une demande qu’une personne peut écrire ; un champ absent ne change pas, `null` ou le texte vide efface." {}
    DemandeNouvelle "Une demande ajoutée au tableau : ses colonnes et son enveloppe." {}
    DemandeDetail "Une demande, avec ses constats." {
        constats "Un constat par règle qui a quelque chose à dire, évalué à l’instant.";
        verdict_global "Verdict d’ensemble.";
        declare "Décisions lues dans un import et gardées comme déclarées, par colonne." = {"presence": "present"};
        supprimee_le "Quand la ligne a été supprimée (RFC 3339, UTC) ; absent si elle ne l’est pas." = "2026-03-02T09:00:00.000000Z";
    }
    EntreeHistorique "Un changement d’une demande." {
        date "Quand (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        action "Ce qui a été fait : `demande.creee`, `demande.modifiee`, `demande.supprimee`, `demande.restauree`, `demande.importee`, `demande.financement`, `demande.eligibilite`, `demande.complement_demande`, `demande.complement_recu`, `demande.reevaluee` quand la liste des habilités a changé, ou `demande.verifiee` quand une preuve extérieure a changé le verdict." = "demande.modifiee";
        auteur "Qui : le nom d’une personne ou d’un programme, ou « public »." = "Camille Martin";
        origine "Par quoi le changement est venu." = "ecran";
        import_id "L’import dont il vient, quand l’appelant peut le lire ; absent sinon.";
        role "Rôle sous lequel c’est fait, quand quelqu’un est connecté." = "recipiendaire";
        annulation "Défait un changement d’avant ; absent sinon." = true;
        motif "Le motif écrit par son auteur ; absent s’il n’y en a pas." = "Employeur vérifié par téléphone.";
        changements "Les colonnes qui ont changé.";
    }
    ExportChoisies "L’export de demandes choisies." {
        ids "Lesquelles." = ["0198c0de-0000-7000-8000-000000000002"];
        format "`csv`, `xlsx`, `ods` ou `ndjson`." = "csv";
        sort "Tri, comme pour une liste." = "nom";
        fields "Colonnes, comme pour une liste ; toutes quand il est vide." = "nom,prenom,etape";
    }
    DemandeSupprimee "Une demande supprimée, qui peut être restaurée." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000002";
        prenom "Prénom." = "Angela";
        nom "Nom." = "Dubois";
        structure_nom "Sa structure." = "Mairie de Bourg-en-Bresse";
        supprimee_le "Quand (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        auteur "Qui l’a supprimée." = "Camille Martin";
    }
    OrigineEntree "Par quoi un changement est venu." {
        ecran "Une personne, dans l’application.";
        import "Un import de fichier.";
        client "Un programme, avec sa clé d’API.";
        formulaire "Le formulaire public.";
        plateforme "La plateforme elle-même.";
    }
    Changement "Une colonne avant et après." {
        colonne "Colonne." = "cohorte";
        avant "Valeur avant ; vide s’il n’y en avait pas." = "";
        apres "Valeur après ; vide s’il n’y en a plus." = "Printemps";
    }
    Compteurs "Nombre de lignes par étape et par verdict." {
        total "Lignes à portée qui répondent au filtre." = 250;
        etapes "Lignes par code d’étape." = {"recue": 200, "liste_attente": 50};
        verdicts "Lignes par code de verdict." = {"ok": 180, "a-verifier": 60, "bloquant": 10};
    }
    Reperes "Repères dans le tableau." {
        total "Nombre exact de lignes." = 1200;
        pas "Lignes entre deux repères." = 500;
        curseurs "`curseurs[i]` donne la page qui commence à la ligne `(i + 1) × pas`." = ["eyJyYW5nIjo1MDB9", "eyJyYW5nIjoxMDAwfQ"];
    }
    Page "Une page d’une liste." {
        items "Les lignes, dans l’ordre demandé.";
        next "Curseur de la page suivante, à renvoyer tel quel ; absent sur la dernière." = "eyJyYW5nIjo1MH0";
        total "Nombre exact de lignes, quand `total=true` est demandé." = 250;
    }
    ImportVue "Un import : état et compteurs." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000004";
        etat "État.";
        dry_run "Essai à blanc : rien n’est écrit." = false;
        format "`csv`, `ndjson`, `xlsx` ou `ods`." = "csv";
        octets "Taille du fichier, en octets." = 10240;
        octets_lus "Octets déjà lus : sur `octets`, l’avancement." = 10240;
        lignes "Lignes traitées." = 40;
        creees "Dont demandes créées." = 30;
        modifiees "Dont demandes modifiées." = 4;
        inchangees "Dont demandes déjà identiques." = 4;
        rejetees "Dont lignes refusées." = 2;
        colonnes_inconnues "Colonnes du fichier qui n’ont pas été reconnues." = ["Remarque interne"];
        feuilles_ignorees "Feuilles du classeur qui n’ont pas été lues ; absent s’il n’y en a pas." = ["Sessions"];
        erreur "Pourquoi l’import a échoué, le cas échéant." = "La ligne 12 contient un caractère nul : retirez-le du fichier.";
        cree_le "Quand le fichier a été reçu (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        termine_le "Quand l’import s’est terminé (RFC 3339, UTC)." = "2026-03-02T09:00:03.000000Z";
    }
    EtatImport "État d’un import." {
        en_attente "reçu, pas encore commencé";
        en_cours "en cours de lecture";
        termine "toutes les lignes sont traitées";
        annule "arrêté à la demande ; ce qu’il avait écrit est défait";
        echoue "le fichier n’a pas pu être lu jusqu’au bout ; `erreur` dit pourquoi";
        defait "terminé, puis défait à la demande";
    }
    LigneImport "Le rapport d’une ligne." {
        ligne "Ligne du fichier ; celle des en-têtes est la ligne 1." = 2;
        statut "Ce qu’elle est devenue.";
        id "Identifiant de la demande ; absent si la ligne est rejetée, ou créée par un essai à blanc." = "0198c0de-0000-7000-8000-000000000003";
        erreurs "Pourquoi elle est refusée.";
        changements "Ce qu’elle change, cellule par cellule.";
        avertissements "Ce qui est gardé mais mérite un regard : décision gardée comme déclarée, colonne inconnue…";
    }
    ApercuImport "Un fichier avant son import." {
        entetes "Ses en-têtes, dans l’ordre.";
        feuilles_ignorees "Ses autres feuilles, qui ne sont pas lues ; absent s’il n’y en a pas." = ["Sessions"];
        memorisee "Les choix d’un fichier précédent de mêmes en-têtes sont repris." = false;
    }
    EnteteApercu "Un en-tête." {
        entete "Tel qu’écrit." = "Commune";
        colonne "Nom de la colonne pour laquelle il est pris ; absent s’il n’est pas lu." = "ville";
        exemples "Quelques-unes de ses cellules." = ["Bourg-en-Bresse"];
    }
    StatutLigne "Ce qu’une ligne est devenue." {
        creee "une demande est créée";
        modifiee "une demande existante est modifiée";
        inchangee "la demande dit déjà cela";
        rejetee "la ligne est refusée ; `erreurs` dit pourquoi";
    }
    ErreurCellule "Une cellule refusée." {
        colonne "En-tête de la colonne, comme dans le fichier." = "Numéro Siret";
        code "Code stable, pour les programmes." = "siret_longueur";
        message "Phrase qui dit quoi faire." = "Le SIRET compte 14 chiffres : il en manque un.";
        valeur "Valeur lue." = "2101005330001";
    }
    EnveloppeVue "Une enveloppe à portée de l’appelant." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000001";
        libelle "Libellé." = "Ain 2026";
        departement "Code du département." = "01";
        annee "Année." = 2026;
        recipiendaire "Nom du récipiendaire." = "Conseil départemental de l’Ain";
        ouverte "Accepte de nouvelles demandes." = true;
    }
    CommuneVue "Une commune (code officiel géographique 2026)." {
        code_insee "Code INSEE." = "01004";
        nom "Nom." = "Ambérieu-en-Bugey";
        departement "Code du département." = "01";
        codes_postaux "Ses codes postaux." = ["01500"];
    }
    EpciVue "Un établissement public de coopération intercommunale à fiscalité propre." {
        siren "SIREN." = "200069193";
        nom "Nom, précédé de sa catégorie en abrégé." = "CC de la Dombes";
        type_structure "Type de structure : un code de `GET /referentiel/types-structure`." = "communaute_de_communes";
    }
    DepartementVue "Un département ou une collectivité d’outre-mer (code officiel géographique 2026)." {
        code "Code : `01`, `2A`, `974`." = "01";
        nom "Nom." = "Ain";
        region "Code INSEE de la région." = "84";
        region_nom "Nom de la région." = "Auvergne-Rhône-Alpes";
    }
    TypeStructureVue "Un type de structure." {
        code "Code dans l’API." = "municipalites";
        libelle "Libellé affiché." = "Municipalités";
        identifiant "Identifiant dans le service existant." = 30;
    }
    DemandeConnexion "Demande un lien de connexion." {
        email "Adresse e-mail du compte." = "recipiendaire@demo.example";
        code "Code à six chiffres, de l’application ou de la carte." = "123456";
        code_suivant "Le code affiché juste après, pour retrouver l’heure d’une carte qui s’est décalée ; absent sinon." = "654321";
    }
    ConnexionDemandee "La réponse à qui demande un lien de connexion, la même quels que soient l’adresse et le code." {
        duree_lien "Durée du lien, en secondes, si l’adresse et le code sont justes." = 300;
    }
    OuvertureSession "Ouvre une session de navigateur par le secret du lien reçu." {
        jeton "Secret du lien." = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    }
    PremierAcces "Commence un premier accès par le secret de son lien." {
        jeton "Secret du lien." = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    }
    ApplicationOtp "Ce qu’il faut à une application pour afficher des codes ; montré cette fois seulement." {
        email "Adresse e-mail du compte." = "recipiendaire@demo.example";
        secret "Secret à saisir dans l’application, en base 32." = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        adresse "Le même, en adresse `otpauth:`." = "otpauth://totp/Parcours%20Aidants:recipiendaire%40demo.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
        qr "Le même, en code QR : une image SVG." = "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>";
    }
    ConfirmationAcces "Termine un premier accès : le code affiché prouve que l’application est bien réglée." {
        jeton "Secret du lien." = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
        code "Code à six chiffres de l’application." = "123456";
    }
    ChoixRole "Choisit un autre de ses rôles." {
        role "Le rôle sous lequel agir désormais.";
    }
    SessionOuverte "Une de ses propres sessions ouvertes." {
        id "Identifiant, pour la fermer ; il n’ouvre rien." = "0198c0de-0000-7000-8000-000000000006";
        appareil "Navigateur et système." = "Firefox, Linux";
        role "Rôle sous lequel elle agit.";
        ouverte_le "Quand elle a été ouverte (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        vue_le "Quand elle a servi pour la dernière fois, à la minute près (RFC 3339, UTC)." = "2026-03-02T09:05:00.000000Z";
        expire_le "Quand elle se ferme au plus tard (RFC 3339, UTC)." = "2026-03-02T21:00:00.000000Z";
        actuelle "Est celle qui pose la question." = true;
    }
    SessionsOuvertes "Ses propres sessions ouvertes." {
        items "La dernière ouverte d’abord.";
    }
    CompteDemonstration "Un compte d’une instance de démonstration." {
        nom "Nom affiché." = "Camille Martin";
        email "Adresse e-mail." = "recipiendaire@demo.example";
        role "Son rôle, ou le premier de ses rôles.";
    }
    CourrielVue "Un courriel mis en file par une instance de démonstration, qui les montre au lieu d’avoir une boîte." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000007";
        cree_le "Quand il a été mis en file (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        a "Adresse à laquelle il va." = "recipiendaire@demo.example";
        modele "Code de son texte." = "connexion_lien";
        objet "Objet." = "Votre lien de connexion";
        texte "Texte, sans le lien." = "Bonjour, pour vous connecter, ouvrez ce lien.";
        chemin "Où mène son lien, sur cette instance ; absent s’il n’en a pas." = "/connexion/lien#0f1e2d3c4b5a69788796a5b4c3d2e1f0";
        arret "Où mène le lien pour ne plus recevoir ces courriels ; absent s’il n’y en a pas." = "/desabonnement#mention.0198c0de-0000-7000-8000-00000000000d.0f1e2d3c";
    }
    CourrielsVue "Les derniers courriels mis en file par une instance de démonstration." {
        items "Le dernier d’abord.";
    }
    GenreMoyen "Ce qui montre les codes." {
        application "application sur un téléphone";
        carte "carte physique";
    }
    MoyenVue "Un moyen d’obtenir un code." {
        id "Identifiant." = "0198c0de-0000-7000-8000-000000000008";
        genre "Application ou carte.";
        nom "Nom donné par la personne ; peut être vide." = "Mon téléphone";
        serie "Numéro de série d’une carte ; absent pour une application." = "GADT000123";
        ajoute_le "Quand il a été ajouté (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        utilise_le "Quand un de ses codes a été accepté pour la dernière fois, à la minute près (RFC 3339, UTC) ; absent si jamais." = "2026-03-02T09:05:00.000000Z";
    }
    MoyensVue "Les moyens d’obtenir un code de la personne connectée." {
        items "Le premier ajouté d’abord.";
    }
    NomMoyen "Le nom d’un moyen." {
        nom "Nom, qui ne sert qu’à le reconnaître." = "Mon téléphone";
    }
    DeuxCodes "Deux codes successifs d’une carte." {
        code "Un code que montre la carte." = "123456";
        code_suivant "Celui qu’elle montre juste après." = "654321";
    }
    RattachementCarte "Une carte à rattacher à son compte." {
        serie "Numéro de série, au dos de la carte." = "GADT000123";
        code "Un code que montre la carte." = "123456";
        code_suivant "Celui qu’elle montre juste après." = "654321";
    }
    OrganisationVue "Une organisation du compte." {
        role "Rôle tenu dans cette organisation.";
        nom "Son nom." = "Ain 2026";
    }
    CompteVue "Le compte de la personne connectée." {
        nom "Nom affiché." = "Camille Martin";
        email "Adresse e-mail." = "recipiendaire@demo.example";
        roles "Ses rôles.";
        organisations "Ses organisations, et le rôle tenu dans chacune.";
    }
    ConnexionVue "Une connexion, ou une tentative." {
        date "Quand (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        reussie "Une session a été ouverte." = true;
        appareil "Navigateur et système, si une session a été ouverte." = "Firefox, Linux";
        adresse "Adresse réseau ; vide une fois effacée." = "192.0.2.1";
    }
    ConnexionsVue "Les dernières connexions du compte." {
        items "La dernière d’abord.";
    }
    EntreeJournal "Une entrée du journal." {
        numero "Numéro dans la chaîne." = 42;
        date "Quand (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        auteur "Nom de l’auteur, ou la sorte d’auteur." = "Camille Martin";
        auteur_id "Identifiant du compte ou du client d’API ; vide pour les autres." = "0198c0de-0000-7000-8000-000000000009";
        role "Rôle sous lequel c’est fait ; absent pour les autres." = "anct";
        action "Ce qui a été fait." = "session.ouverte";
        libelle "La même chose en quelques mots." = "Session ouverte";
        objet "Genre d’objet." = "compte";
        objet_id "Identifiant de l’objet." = "0198c0de-0000-7000-8000-000000000009";
        requete "Identifiant de la requête." = "0198c0de-0000-7000-8000-000000000010";
        valeurs "Valeurs avant et après, en JSON ; absentes une fois effacées." = "{}";
    }
    GenreDefaut "En quoi la chaîne ne tient pas." {
        entree_modifiee "l’entrée de ce numéro a été modifiée";
        valeurs_modifiees "les valeurs de cette entrée ont été modifiées";
        entrees_retirees "des entrées ont été retirées ou ajoutées avant ce numéro";
        fin_retiree "les dernières entrées, après ce numéro, ont été retirées";
    }
    DefautJournal "Un endroit où la chaîne ne tient pas." {
        genre "En quoi.";
        numero "Numéro de l’entrée." = 42;
        message "La même chose en une phrase." = "Entrée 42 : modifiée.";
    }
    VerificationJournal "Ce qu’a donné la vérification d’une partie de la chaîne." {
        jusqu_a "Numéro de la dernière entrée vérifiée jusqu’ici." = 5000;
        derniere "Numéro de la dernière entrée du journal." = 12000;
        defauts "Ce qui ne va pas dans cette partie.";
        suite "Curseur de la partie suivante ; absent quand toute la chaîne est vérifiée.";
    }
    CodeSaisi "Un code donné de nouveau, dans une session déjà ouverte." {
        code "Les 6 chiffres que montre l’application ou la carte." = "123456";
    }
    GenreCle "Comment une clé s’emploie." {
        jeton "envoyée telle quelle à chaque requête, dans `Authorization: Bearer`";
        secret "échangée contre des jetons d’accès de dix minutes (OAuth 2, « client credentials »)";
    }
    NouvelleCle "Une clé à créer." {
        genre "Comment elle s’emploiera.";
        jours "Durée, en jours : 365 au plus." = 90;
    }
    Portee "Ce qu’un programme peut faire." {
        "demandes:lire" "lire et exporter les demandes";
        "demandes:ecrire" "ajouter, modifier, supprimer et restaurer des demandes";
        "imports:ecrire" "importer, annuler et défaire un import";
        "imports:lire" "suivre les imports et lire leurs rapports";
        "enveloppes:lire" "lire les enveloppes";
        "enveloppes:ecrire" "créer, régler et suivre les liens du formulaire de candidature ; créer, régler et importer les enveloppes (administration nationale)";
        "financements:ecrire" "décider du financement des demandes (récipiendaires)";
        "eligibilites:ecrire" "ouvrir un lot d’éligibilité et y décider (équipe Aidants Connect) ; régler le calendrier des lots";
        "journal:lire" "lire et vérifier le journal";
    }
    NouveauClient "Un client d’API à créer, avec sa première clé." {
        nom "Nom, pour le reconnaître." = "Extraction du soir";
        portees "Ce qu’il pourra faire : des portées que donne le rôle de qui le crée." = ["demandes:lire"];
        enveloppes "Pour un récipiendaire, les enveloppes qu’il atteindra, parmi les siennes ; aucune pour l’administration nationale." = ["0198c0de-0000-7000-8000-000000000001"];
        origines "Origines des pages qui pourront appeler avec ses clés depuis un navigateur ; aucune en général." = ["https://outil.example"];
        cle "Sa première clé.";
    }
    EtatClient "Ce qu’un client d’API est devenu." {
        actif "il peut appeler";
        suspendu "qui a créé ses clés n’en répond plus (compte désactivé, rôle perdu, moyen de connexion changé) : il ne peut pas appeler";
        revoque "révoqué pour de bon";
    }
    EtatCle "Ce qu’une clé est devenue." {
        active "elle ouvre";
        suspendue "la personne qui l’a créée n’en répond plus (compte désactivé, rôle perdu, moyen de connexion changé) : elle n’ouvre rien";
        expiree "son temps est passé";
        revoquee "révoquée pour de bon";
    }
    CleVue "Une clé, sans son secret." {
        id "Partie publique, qui n’ouvre rien." = "0a1b2c3d4e5f";
        genre "Comment elle s’emploie.";
        etat "Ce qu’elle est devenue.";
        cree_le "Création (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        expire_le "Fin (RFC 3339, UTC)." = "2026-05-31T09:00:00.000000Z";
        vu_le "Dernier emploi, à la minute (RFC 3339, UTC) ; absent tant qu’elle n’a pas servi." = "2026-03-03T18:30:00.000000Z";
    }
    ClientVu "Un client d’API." {
        id "Identifiant ; c’est le `client_id` d’OAuth 2." = "0198c0de-0000-7000-8000-000000000042";
        nom "Nom." = "Extraction du soir";
        etat "Ce qu’il est devenu.";
        role "Rôle sous lequel il agit.";
        portees "Ce qu’il peut faire." = ["demandes:lire"];
        enveloppes "Libellés des enveloppes qu’il atteint ; vide s’il les atteint toutes." = ["Ain 2026"];
        origines "Origines des pages qui peuvent appeler avec ses clés." = ["https://outil.example"];
        responsable "Nom de la personne qui en répond ; absent s’il vient de la ligne de commande." = "Camille Martin";
        cree_le "Création (RFC 3339, UTC)." = "2026-03-02T09:00:00.000000Z";
        cles "Ses clés, la dernière d’abord.";
    }
    ClientsVus "Les clients d’API à portée." {
        items "Le dernier d’abord, les révoqués à la fin.";
    }
    CleCreee "Une clé qui vient d’être créée. Son secret n’est montré que cette fois." {
        client "Identifiant du client ; c’est le `client_id` d’OAuth 2." = "0198c0de-0000-7000-8000-000000000042";
        id "Partie publique de la clé." = "0a1b2c3d4e5f";
        genre "Comment elle s’emploie.";
        secret "La clé entière : le jeton lui-même, ou le `client_secret` d’OAuth 2." = "parcours_0a1b2c3d4e5f_…";
        expire_le "Fin (RFC 3339, UTC)." = "2026-05-31T09:00:00.000000Z";
    }
    DemandeJeton "Une demande de jeton d’accès ; les noms sont ceux de la RFC 6749." {
        grant_type "`client_credentials`." = "client_credentials";
        scope "Portées voulues, séparées par des espaces ; absentes, toutes celles du client." = "demandes:lire";
        client_id "Le client, s’il n’est pas nommé par `Authorization: Basic`." = "0198c0de-0000-7000-8000-000000000042";
        client_secret "Son secret, s’il n’est pas dans `Authorization: Basic`." = "parcours_0a1b2c3d4e5f_…";
    }
    JetonAcces "Un jeton d’accès." {
        access_token "Le jeton, à envoyer après `Bearer`." = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9…";
        token_type "`Bearer`." = "Bearer";
        expires_in "Secondes qu’il dure." = 600;
        scope "Ses portées, séparées par des espaces." = "demandes:lire";
    }
    ErreurOauth "Pourquoi aucun jeton n’est donné (RFC 6749)." {
        error "`invalid_request`, `invalid_client`, `invalid_scope` ou `unsupported_grant_type`." = "invalid_client";
        error_description "Quoi faire, en français sans accents : la RFC n’admet ici que de l’ASCII." = "Ajoutez grant_type=client_credentials.";
    }
    SessionVue "Qui est connecté." {
        nom "Nom affiché." = "Camille Martin";
        email "Adresse e-mail du compte." = "recipiendaire@demo.example";
        role "Rôle actif.";
        roles "Tous les rôles du compte, celui qui est actif compris.";
        engagement_requis "Un texte reste à accepter : voir `GET /engagements`." = false;
        moyen_requis "La session vient d’être ouverte avec le code d’un kit de bienvenue : un moyen est à ajouter, pour la connexion suivante." = false;
    }
    Role "Un rôle de la plateforme." {
        demandeur "personne qui dépose une demande pour une structure";
        recipiendaire "porteur de crédits de formation : ses enveloppes seulement";
        organisme "responsable d’un organisme de formation";
        formateur "formateur d’un organisme";
        referent "référent d’une structure";
        co_referent "co-référent d’une structure";
        aidant "professionnel habilité";
        instructeur "équipe Aidants Connect";
        anct "administration nationale";
        usager "personne accompagnée";
    }
    InstanceVue "La sorte d’instance qui répond." {
        mode "`production`, `demonstration` ou `bac-a-sable`." = "demonstration";
        comptes_demonstration "Comptes avec lesquels se connecter, sur une démonstration seulement.";
    }
    Problem "Un problème RFC 9457." {
        type "Sorte de problème : l’adresse de la page qui l’explique ou, pour un quota épuisé ou bien dépassé et un service occupé, l’adresse enregistrée à l’IANA." = "/problemes/champs-invalides";
        title "Titre court de la sorte de problème." = "Des champs sont à corriger";
        status "Statut HTTP." = 422;
        code "Code stable, pour les programmes ; `/problemes/<code>` l’explique." = "champs-invalides";
        detail "Ce qui s’est passé cette fois, et quoi faire." = "Corrigez les champs indiqués, puis renvoyez la demande.";
        instance "Identifiant de la requête, à citer pour demander de l’aide." = "0198c0de-0000-7000-8000-000000000005";
        errors "Les champs refusés, quand le problème vient d’eux.";
        "violated-policies" "Les quotas épuisés, par leur nom dans `RateLimit-Policy`." = ["ecritures-publiques"];
    }
    FieldError "Un champ refusé : où il se trouve, un code stable, et quoi faire." {
        champ "Pointeur JSON vers la valeur, ou nom du paramètre." = "/professionnels/0/email";
        code "Code stable, pour les programmes." = "email_invalide";
        message "Phrase qui dit quoi faire." = "Cette adresse e-mail n’a pas la bonne forme : vérifiez le signe @ et le point.";
    }
}
