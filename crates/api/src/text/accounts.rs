//! Sentences about accounts, invitations and what people accept.

/// An account was changed meanwhile.
pub const STALE: &str =
    "Ce compte a changé entre-temps : rechargez-le, vérifiez les différences, puis refaites votre modification.";
/// Nobody changes its own rights.
pub const OWN_ACCOUNT: &str =
    "Personne ne change ses propres rôles, rattachements ou état : demandez-le à un autre administrateur.";
/// The last administrator stays.
pub const LAST_ADMINISTRATOR: &str =
    "C’est le dernier compte actif de l’administration nationale : donnez d’abord ce rôle à quelqu’un d’autre.";
/// A role that no account has.
pub const NO_SUCH_ROLE: &str = "Aucun compte ne peut avoir ce rôle : choisissez-en un autre.";
/// A role needed for an organisation.
pub const ROLE_FIRST: &str = "Le compte n’a pas ce rôle : donnez-le d’abord, ou retirez ce rattachement.";
/// The role acts in no organisation.
pub const NO_ORGANISATION: &str = "Ce rôle n’agit dans aucune organisation : retirez ce champ.";
/// The organisation is unknown.
pub const UNKNOWN_ORGANISATION: &str = "Aucune organisation de cet identifiant pour ce rôle : vérifiez-le.";
/// A récipiendaire works on an envelope.
pub const WHICH_ENVELOPE: &str = "Indiquez l’enveloppe de ce récipiendaire.";
/// The state is not one that can be asked for.
pub const STATE: &str = "Un compte se confirme par sa personne : demandez « actif » ou « desactive ».";
/// The account is closed.
pub const DEACTIVATED: &str = "Ce compte est désactivé : réactivez-le d’abord.";
/// The account still has a means.
pub const HAS_MEANS: &str =
    "Ce compte a encore un moyen de donner un code : révoquez-le d’abord, si la personne l’a perdu.";
/// Only référents get a welcome kit.
pub const NO_REFERENT: &str =
    "Le kit de bienvenue est celui des référents : donnez d’abord ce rôle, ou envoyez un premier accès par courriel.";
/// Too many roles or organisations at once.
pub const TOO_MANY: &str = "Cette liste compte au plus 100 éléments.";
/// The invitation opens nothing, whatever the reason.
pub const INVITATION_REFUSED: &str = "Ce lien n’est plus valable : il ne sert qu’une fois et expire. Demandez une nouvelle invitation, ou inscrivez-vous de nouveau.";
/// The code is not one of the account.
pub const CODE_REFUSED: &str =
    "Ce code n’est pas l’un de ceux de votre compte, ou il a déjà servi : attendez le suivant, puis réessayez.";
/// A text is empty.
pub const EMPTY_TEXT: &str = "Le texte est vide : écrivez-le en entier.";
/// The states of an account.
pub const STATES: &str = "Un état est « a_confirmer », « actif » ou « desactive ».";
