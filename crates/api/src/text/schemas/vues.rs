//! Named views.

use super::Described;

schemas! {
    EtatVue "Ce que montre une vue." {
        filtre "Filtre, dans la grammaire des listes ; vide pour toutes les lignes." = "etape eq \"recue\"";
        tri "Tri ; vide pour les plus récentes d’abord." = "structure_nom";
        groupe "Colonne dont les valeurs sont les titres des groupes ; vide sans groupes." = "etape";
        q "Mots cherchés." = "mairie";
        colonnes "Colonnes montrées, dans l’ordre ; aucune pour les colonnes habituelles." = ["nom", "prenom", "etape"];
        largeurs "Largeurs réglées à la main, en dixièmes de rem, par nom de colonne." = { "ville": 200 };
        figees "Premières colonnes qui restent en vue quand le tableau défile de côté ; absent pour les habituelles." = 2;
        serre "Lignes plus serrées. `false` par défaut." = false;
    }
    VueSaisie "Une vue à garder." {
        nom "Nom, différent de ceux de ses autres vues." = "Mairies à appeler";
        etat "Ce qu’elle montre.";
        partagee "Montrée aux collègues, qui ne peuvent pas la modifier. `false` par défaut." = true;
        habituelle "Montrée à l’ouverture du tableau, à la place de la précédente. `false` par défaut." = false;
    }
    Vue "Une vue du tableau." {
        id "Identifiant." = "0198c0de-0000-7000-8000-00000000000a";
        version "Version, comme dans l’`ETag`." = 1;
        nom "Nom." = "Mairies à appeler";
        etat "Ce qu’elle montre.";
        partagee "Montrée aux collègues." = true;
        mienne "Elle est à l’appelant, qui seul la modifie." = true;
        habituelle "Montrée à son propriétaire à l’ouverture du tableau." = false;
        auteur "À qui elle est." = "Camille Martin";
    }
}
