//! What a refused exchange says (RFC 6749, `error_description`): French without accents, for that text only takes ASCII.

/// Not a form.
pub const NOT_A_FORM: &str =
    "Envoyez un formulaire (application/x-www-form-urlencoded) de 8 Kio au plus dans le corps, rien dans l'adresse.";
/// A parameter twice.
pub const TWICE: &str = "Un nom est dans le formulaire deux fois : n'en gardez qu'un.";
/// No grant.
pub const NO_GRANT: &str = "Ajoutez grant_type=client_credentials.";
/// Another grant.
pub const OTHER_GRANT: &str = "Seul grant_type=client_credentials existe ici.";
/// No client named.
pub const NO_CLIENT: &str = "Nommez le client : par Authorization: Basic, ou par client_id et client_secret.";
/// Header that cannot be read.
pub const BAD_HEADER: &str = "Authorization doit contenir Basic, puis client_id:client_secret en base 64.";
/// Two ways at once.
pub const TWO_WAYS: &str = "Nommez le client d'une seule fois : par Authorization, ou par le formulaire.";
/// Unknown client or secret.
pub const UNKNOWN_CLIENT: &str =
    "Ce client ou ce secret ne permet rien : inconnu, hors de sa date ou sans effet. Faites-en faire un autre.";
/// Scope that the client does not have.
pub const OTHER_SCOPE: &str = "Le client n'a pas toutes ces permissions : demandez-en moins, ou un client qui les a.";
