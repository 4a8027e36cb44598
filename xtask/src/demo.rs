//! What to tell a person who starts a demonstration: the accounts that `parcours demo` seeds.

/// Accounts of a demonstration instance: what each one is, and its address.
pub const ACCOUNTS: &[(&str, &str)] = &[
    ("récipiendaire", "recipiendaire@demo.example"),
    ("instructeur Aidants Connect", "instructeur@demo.example"),
    ("ANCT", "anct@demo.example"),
    ("plusieurs rôles", "plusieurs-roles@demo.example"),
];

/// The code that a demonstration instance accepts.
pub const CODE: &str = "123456";
