//! Configuration: a wrong variable is refused with its name, and secrets are not shown.

use std::collections::HashMap;

use api::config::{Brand, Config, Mode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::support::ES256;

const SITE: (&str, &str) = ("PARCOURS_URL", "https://aidants.example");
const KEYS: (&str, &str) = ("PARCOURS_CLES_OTP", "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
const SIGNS: (&str, &str) = ("PARCOURS_CLES_JWT", ES256);

fn read(variables: &[(&str, &str)]) -> Result<Config, api::config::ConfigError> {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    Config::from_lookup(&|name| variables.get(name).map(|value| (*value).to_owned()))
}

const RELAY: (&str, &str) = ("PARCOURS_SMTP", "smtps://relais.example:465");
const SECRET: (&str, &str) = ("PARCOURS_SECRET", "un-secret-de-plus-de-trente-deux-signes");

#[test]
fn each_wrong_variable_is_refused_with_its_name() {
    let wrong = [
        ("DATABASE_URL", "mysql://serveur/base"),
        ("DATABASE_URL", ""),
        ("PARCOURS_MODE", "Production"),
        ("PARCOURS_MARQUE", "Marianne"),
        ("PARCOURS_LISTEN", "8080"),
        ("PARCOURS_LISTEN", "localhost:8080"),
        ("PARCOURS_METRICS_LISTEN", "partout"),
        ("PARCOURS_RELAIS", "1"),
        ("PARCOURS_RELAIS", "10.0.0.1"),
        ("PARCOURS_RELAIS", "10.0.0.0/8,"),
        ("PARCOURS_RELAIS", "10.0.0.0/33"),
        ("PARCOURS_RELAIS", "::/0"),
        ("PARCOURS_LECTEURS", "huit"),
        ("PARCOURS_LECTEURS", "0"),
        ("PARCOURS_LIMITE_PUBLIQUE", "0"),
        ("PARCOURS_LIMITE_PUBLIQUE", "trente"),
        ("PARCOURS_LIMITE_CONNEXION", "0"),
        ("PARCOURS_LIMITE_COMPTE", "0"),
        ("PARCOURS_CLES_OTP", ""),
        ("PARCOURS_CLES_OTP", "a:trop-court"),
        ("PARCOURS_CLES_OTP", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        (
            "PARCOURS_CLES_OTP",
            "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=,a:BBECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ),
        ("PARCOURS_LIMITE_JSON", "1 Mo"),
        ("PARCOURS_LIMITE_FICHIER", "-5"),
        ("PARCOURS_LIMITE_CLASSEUR", "x"),
        ("PARCOURS_LIMITE_CLASSEUR_OUVERT", "x"),
        ("PARCOURS_SECRET", "trop court"),
        ("PARCOURS_CLE_JOURNAL", "courte"),
        ("PARCOURS_URL", "http://aidants.example"),
        ("PARCOURS_SMTP", "relais:25"),
        ("PARCOURS_SMTP", "http://relais"),
        ("PARCOURS_SMTP", "smtp://relais:25"),
        ("PARCOURS_SMTP_AUTORITE", "/absent.pem"),
        ("PARCOURS_EXPEDITEUR", "sans adresse"),
    ];
    for (name, value) in wrong {
        match read(&[SECRET, KEYS, SIGNS, SITE, RELAY, (name, value)]) {
            Ok(_) => panic!("{name}={value} was accepted"),
            Err(error) => {
                assert_eq!(error.variable, name, "{value}");
                assert!(error.to_string().starts_with(name) && error.reason.len() > 3, "{error}");
            }
        }
    }
}

#[test]
fn production_needs_a_secret_and_the_others_do_not() {
    assert_eq!(read(&[]).err().unwrap().variable, "PARCOURS_SECRET", "production is what one gets without asking");
    assert_eq!(
        read(&[SECRET, SITE, RELAY]).err().unwrap().variable,
        "PARCOURS_CLES_OTP",
        "nor does it seal with a key everybody knows"
    );
    let unsigned = read(&[SECRET, KEYS, SITE, RELAY]).err().unwrap();
    assert_eq!(unsigned.variable, "PARCOURS_CLES_JWT", "nor does it sign with a key that its next start forgets");
    let silent = read(&[SECRET, KEYS, SIGNS, SITE]).err().unwrap();
    assert_eq!(silent.variable, "PARCOURS_SMTP", "nor does it leave the links of sign-in unsent");
    assert_eq!(read(&[SECRET, KEYS, SIGNS, SITE, RELAY]).unwrap().mode, Mode::Production);
    for mode in ["demonstration", "bac-a-sable"] {
        assert_eq!(read(&[("PARCOURS_MODE", mode)]).unwrap().mode.as_str(), mode);
    }
}

#[test]
fn sec_62_a_weak_or_foreign_key_signs_nothing() {
    let key = ES256.split_once(':').unwrap().1;
    let kinds = [
        (
            "P-224",
            "MGgCAQEEHFrWErbR89WMAk/DyLAn5lAVG5oUwqh51IkaLhqgBwYFK4EEACGhPAM6AASdMK/Vm0AKwCDxeE/wh8aF9fzOxxAyrgZfzKLyZJ3f7d2wvBVpU1Ouupph/9A1ZJ1nk7hqDElWeQ==",
        ),
        (
            "P-384",
            "MIGkAgEBBDAE+h1TbwRPG3GXJor0RKAWl5ZXhqbk7uIfoqC/e5zPkZlQLY8zbpK7CtLVDgYhWeqgBwYFK4EEACKhZANiAAQ+1VOOjsiOcuI52g9PXvuHFaRXa9vIeAmWEdPTJXBUnuF4aJW/kuJP0D/FD3UlR1IbwlIIhML6VnXvuCwuMq419LVZ/bIcscQ3hsqhgLRmtxQdviLoPB+sPWhnh5t93m4=",
        ),
        ("Ed25519", "MC4CAQAwBQYDK2VwBCIEIKuv5t5y8Rrejvj5tydgFmS+NSqqKoDbHJPiUmltkb0/"),
        (
            "RSA of 1024 bits",
            "MIICXAIBAAKBgQC+l0rXWKXQ1WgLb/8Nf6VbEsZUz53hzJ8KzUzjvcsQvFYRsNUdc7uNpugpH0s/57cLHUxITRbzdNQ8nmZO/l69BXYgr/XfGU5yF4GgiB+uFF+oqxP39f/1H+Sxp8WXgWOwNJxIJxAGwH32FhuSEpxchRP/IW6G1dkBYBLyuBEE7wIDAQABAoGAHLZMFw8Kw+AycW6o3M67CXJVoJc6cLbTytvM1o5UFixZRwb9xBcYTSm01eUaAAGXaLw8LrQ2XezewFcYkJPvj4Ucms+c9I0h6FnZuvdcJr2J2Vf5l0Ac2LFCT21uA6UDR9xZn7m743NPsIeEh6VMP2ekEVJ8j5gz9TU06JKdLqECQQD97kSfPHcqRTEsMDv2HE1gEg0Ak2XWT3I+VYT1OLUbozMSOuirC5nRa2Ztv3urbsbZ/uxFFTUMwRcPngcnudufAkEAwCTjtXWLdGDvF7TwsKH1cV1FvapqM0ofGjb4o17Htyv+tmySjk61TCEPTV9MaxH6RuEWHQuou4tDnEwCa4BUsQJBAIABdaxD4dp4KNKaug9Vsxej4dQRebuwLuoHWE/5typoeZ1N/u4Cmha8qlTWuzPvUuSfomEs0KJOUB66TecTxQcCQAZVMOwaI66CQ18Up5oqvFwwJsxJgZaPKtdCWI+J4Cs5V/vLOElYbsFDla2HJo2g2g7b/E6Yw8bqoB/WoX3JjQECQELi/upxaGgIr9EkPMTmyu+ChJSbvdYEjDZDHzfAopQKw3P6c8aqGOyFT49+E0nrympkKTgQeNt8t8a3DypwJtg=",
        ),
        ("a word", "c2VjcmV0"),
        ("not base 64", "é"),
        ("nothing", ""),
        ("half of one", &key[..key.len() / 2]),
    ];
    let mut lists: Vec<(&str, String)> = kinds.map(|(what, key)| (what, format!("a:{key}"))).into();
    lists.extend([
        ("without name", key.to_owned()),
        ("a name that is no name", format!("a b:{key}")),
        ("a long name", format!("{}:{key}", "a".repeat(33))),
        ("two of a name", format!("a:{key},a:{key}")),
        ("a second one that is weak", format!("a:{key},b:{}", kinds[0].1)),
        ("a comma too many", format!("a:{key},")),
    ]);
    for (what, list) in lists {
        let refused = read(&[SECRET, KEYS, SITE, RELAY, ("PARCOURS_CLES_JWT", &list)]).err();
        assert_eq!(refused.unwrap_or_else(|| panic!("{what} was accepted")).variable, "PARCOURS_CLES_JWT", "{what}");
    }
    let two = format!("a:{key},b:{key}");
    assert!(read(&[SECRET, KEYS, SITE, RELAY, ("PARCOURS_CLES_JWT", &two)]).is_ok());
}

#[test]
fn sec_62_a_secret_that_nobody_drew_starts_nothing() {
    let zeros = format!("a:{}", STANDARD.encode([0; 32]));
    let repeated = format!("a:{}", STANDARD.encode("motdepa".repeat(5).split_at(32).0));
    let former = format!("{},b:{}", KEYS.1, STANDARD.encode([1; 32]));
    let published = STANDARD.encode(Sha256::digest("parcours-aidants, instance sans secret"));
    let (alone, second) = (format!("publique:{published}"), format!("{},b:{published}", KEYS.1));
    for (name, value) in [
        ("PARCOURS_SECRET", "a".repeat(64)),
        ("PARCOURS_SECRET", "1234567".repeat(6)),
        ("PARCOURS_CLE_JOURNAL", "0".repeat(64)),
        ("PARCOURS_CLE_JOURNAL", "deadbeef".repeat(8)),
        ("PARCOURS_CLES_OTP", zeros),
        ("PARCOURS_CLES_OTP", repeated),
        ("PARCOURS_CLES_OTP", former),
        ("PARCOURS_CLES_OTP", alone.clone()),
        ("PARCOURS_CLES_OTP", second),
    ] {
        let refused = read(&[SECRET, KEYS, SIGNS, SITE, RELAY, (name, &value)]).err();
        let refused = refused.unwrap_or_else(|| panic!("{name}={value} was accepted"));
        assert_eq!(refused.variable, name, "{value}");
        assert!(!refused.to_string().contains(&value), "{refused}");
    }
    assert!(
        read(&[("PARCOURS_MODE", "demonstration"), ("PARCOURS_CLES_OTP", &alone)]).is_ok(),
        "nothing to hide there"
    );
    let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    assert!(read(&[SECRET, KEYS, SIGNS, SITE, RELAY, ("PARCOURS_CLE_JOURNAL", seed)]).is_ok());
}

#[test]
fn defaults_are_safe() {
    let config = read(&[SECRET, KEYS, SIGNS, SITE, RELAY]).unwrap();
    assert!(config.http.listen.ip().is_loopback());
    assert_eq!(config.brand, Brand::Neutral, "the brand of the State is asked for, never given");
    assert_eq!(config.http.proxies.to_string(), "", "nobody is believed about the client");
    assert!(config.http.metrics.is_none());
    assert_eq!(config.limits.public_per_minute, 30);
    assert_eq!(config.limits.json_bytes, 1 << 20);
    assert_eq!((config.limits.sign_in_per_account, config.limits.sign_in_per_address), (10, 100));
}

#[test]
fn the_printed_configuration_masks_secrets_and_names_every_variable() {
    let config = read(&[
        SECRET,
        KEYS,
        SIGNS,
        SITE,
        RELAY,
        ("DATABASE_URL", "postgres://parcours:mot-de-passe@serveur:5432/base"),
    ])
    .unwrap();
    let printed = config.describe();
    for secret in ["mot-de-passe", SECRET.1, KEYS.1, SIGNS.1] {
        assert!(!printed.contains(secret), "{printed}");
    }
    assert!(printed.contains("postgres://parcours:***@serveur:5432/base"), "{printed}");
    assert!(printed.contains("PARCOURS_SECRET=***"));
    let sources = concat!(include_str!("../../src/config/mod.rs"), include_str!("../../src/config/mail.rs"));
    let mut names: Vec<&str> = sources.split('"').filter(|word| word.starts_with("PARCOURS_")).collect();
    names.push("DATABASE_URL");
    for name in names {
        assert!(printed.contains(&format!("{name}=")), "{name} is not printed");
    }
}

#[test]
fn a_password_with_odd_signs_or_in_the_query_stays_hidden() {
    for url in [
        "postgres://u:p@ss-mot@serveur/base",
        "postgresql://u:mot:mot@serveur/base",
        "postgres://serveur/base?user=u&password=mot",
    ] {
        let printed = read(&[SECRET, KEYS, SIGNS, SITE, RELAY, ("DATABASE_URL", url)]).unwrap().describe();
        let line = printed.lines().find(|line| line.starts_with("DATABASE_URL=")).unwrap();
        assert!(!line.contains("mot"), "{line}");
    }
}

#[test]
fn the_relay_of_mails_is_reached_by_tls_in_production_and_its_password_is_masked() {
    for url in ["smtps://u:mot-secret@relais:465", "smtp://u:mot-secret@relais:587?tls=required"] {
        let config = read(&[SECRET, KEYS, SIGNS, SITE, ("PARCOURS_SMTP", url)]).unwrap();
        assert_eq!(config.mail.host(), "relais");
        assert!(!config.describe().contains("mot-secret"), "{}", config.describe());
    }
    let local = [("PARCOURS_MODE", "demonstration"), ("PARCOURS_SMTP", "smtp://127.0.0.1:2525")];
    assert_eq!(read(&local).err().unwrap().variable, "PARCOURS_URL", "links must lead somewhere");
    assert!(read(&[local[0], local[1], ("PARCOURS_URL", "http://127.0.0.1:8080")]).is_ok());
}
