//! The bodies of the API in the form of Grist.

use super::Described;

schemas! {
    GristEnregistrement "Une ligne." {
        id "Numéro de la ligne, le même pour toujours." = 7;
        fields "Valeurs par identifiant de colonne." = {"Nom_du_professionnel": "Dubois", "Eligibilite_validee": false};
    }
    GristEnregistrements "Des lignes." {
        records "Les lignes, dans l’ordre demandé.";
    }
    GristNouveau "Une ligne à ajouter." {
        fields "Valeurs par identifiant, nom ou libellé de colonne." = {
            "Nom_de_la_structure": "Mairie de Bourg-en-Bresse", "Numero_Siret": "21010053300012", "Code_postal": "01000",
            "Nom_du_professionnel": "Dubois", "Prenom_du_professionnel": "Angela",
            "Adresse_e_mail": "angela.dubois@mairie.example", "Choix_de_la_formation": "Aidants Connect"
        };
    }
    GristNouveaux "Des lignes à ajouter." {
        records "Les lignes ; 1 000 au plus.";
    }
    GristChange "Une ligne à modifier." {
        id "Numéro de la ligne." = 1;
        fields "Les valeurs qui changent." = {"Commentaire": "Rappeler lundi"};
    }
    GristChanges "Des lignes à modifier." {
        records "Les lignes ; 1 000 au plus.";
    }
    GristCle "Une ligne à modifier si sa clé la trouve, à ajouter sinon." {
        require "Ce qui désigne la ligne." = {"Adresse_e_mail": "angela.dubois@mairie.example", "Numero_Siret": "21010053300012"};
        fields "Ce qui est écrit." = {
            "Nom_de_la_structure": "Mairie de Bourg-en-Bresse", "Code_postal": "01000", "Nom_du_professionnel": "Dubois",
            "Prenom_du_professionnel": "Angela", "Choix_de_la_formation": "Aidants Connect"
        };
    }
    GristCles "Des lignes à modifier ou à ajouter." {
        records "Les lignes ; 1 000 au plus.";
    }
    GristAjoute "Une ligne ajoutée." {
        id "Son numéro." = 7;
    }
    GristAjoutes "Des lignes ajoutées." {
        records "Leurs numéros, dans l’ordre de l’envoi.";
    }
    GristTable "Une table." {
        id "Identifiant." = "Demandes";
        fields "Ce que Grist en dit.";
    }
    GristTableChamps "Ce que Grist dit d’une table." {
        tableRef "Numéro de la table." = 1;
        onDemand "Toujours faux : la table est chargée." = false;
    }
    GristTables "Les tables d’un document." {
        tables "L’unique table.";
    }
    GristColonne "Une colonne." {
        id "Identifiant." = "Nom_du_professionnel";
        fields "Ce que Grist en dit.";
    }
    GristColonneChamps "Ce que Grist dit d’une colonne." {
        label "Libellé." = "Nom du professionnel";
        type "Type : `Text`, `Date`, `Bool` ou `Choice`." = "Text";
        isFormula "Calculée : elle ne s’écrit pas." = false;
        widgetOptions "Les choix possibles, en JSON dans un texte ; vide pour les autres types." = "";
    }
    GristColonnes "Les colonnes d’une table." {
        columns "Les colonnes, dans l’ordre.";
    }
}
