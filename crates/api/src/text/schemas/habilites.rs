//! The list of habilitated people.

use super::Described;

schemas! {
    Habilite "Un professionnel déjà habilité." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000f";
        departement "Code du département." = "01";
        nom "Nom." = "Dubois";
        prenom "Prénom." = "Angela";
        email "Adresse e-mail ; vide si la liste ne la dit pas." = "angela.dubois@mairie.example";
        profession "Profession." = "Secrétaire de mairie";
        mandats "Mandats créés." = 12;
        demarches "Démarches réalisées avec Aidants Connect." = 40;
        structure_nom "Structure." = "Mairie de Bourg-en-Bresse";
        structure_type "Typologie de la structure." = "Municipalités";
        adresse "Adresse de la structure." = "6 rue de la Mairie";
        code_postal "Son code postal." = "01000";
        ville "Sa ville." = "Bourg-en-Bresse";
        siret "Son SIRET ; vide si la liste ne le dit pas." = "21010053300012";
        referent_nom "Nom du référent." = "Martin";
        referent_prenom "Prénom du référent." = "Claude";
        referent_profession "Profession du référent." = "Directeur général des services";
        referent_email "Adresse e-mail du référent." = "claude.martin@mairie.example";
    }
    ListeHabilites "Ce qu’un import de la liste a fait." {
        lignes "Personnes lues." = 120;
        remplacees "Personnes que la liste de ces départements contenait avant." = 118;
        departements "Les départements dont c’est la liste." = ["01"];
    }
}
