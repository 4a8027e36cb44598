//! What is said of named views.

/// A search is too long.
pub const RECHERCHE: &str = "La recherche est trop longue : gardez les mots importants.";
/// A column that one does not read.
pub const RESERVEE: &str = "Votre rôle ne lit pas cette colonne : retirez-la.";
/// A column that is not one, or that one does not read.
pub const COLONNE: &str = "Cette colonne n’existe pas, ou votre rôle ne la lit pas : retirez-la.";
/// The name is already that of another view.
pub const NOM_PRIS: &str = "Une de vos vues porte déjà ce nom : choisissez-en un autre, ou mettez à jour celle-ci.";
/// Too many views.
pub const TROP: &str = "Vous avez déjà 200 vues : supprimez-en avant d’en ajouter.";

/// A width is too small or too large.
pub fn largeur(permises: &std::ops::RangeInclusive<u16>) -> String {
    format!("Une largeur va de {} à {} dixièmes de rem.", permises.start(), permises.end())
}

/// Too many columns stay in sight.
pub fn figees(max: u8) -> String {
    format!("Figez {max} colonnes au plus.")
}

/// The name is empty or too long.
pub fn nom(max: usize) -> String {
    format!("Donnez un nom de 1 à {max} caractères.")
}
