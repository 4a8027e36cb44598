//! What differs between the two databases although the code is the same: each rule that evens it out, as a test.

use api::clock::Clock;
use api::db::{DbConn, DbError, DbUrl, UNIQUE, Usage};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::support::{TestApp, elsewhere, execute, line, texts};

diesel::table! {
    essai (id) {
        id -> BigInt,
        texte -> Text,
        vide -> Nullable<Text>,
        moment -> Timestamp,
        vrai -> Bool,
    }
}

async fn with_table() -> TestApp {
    let app = TestApp::new().await;
    app.execute(
        "CREATE TABLE essai (id BIGINT NOT NULL PRIMARY KEY, texte TEXT NOT NULL CONSTRAINT essai_texte_unique UNIQUE, \
         vide TEXT, moment TIMESTAMP NOT NULL, vrai BOOLEAN NOT NULL)",
    )
    .unwrap();
    app
}

fn insert(conn: &mut DbConn, id: i64, texte: &str) -> QueryResult<usize> {
    let moment = crate::support::start();
    let row = (essai::id.eq(id), essai::texte.eq(texte), essai::moment.eq(moment), essai::vrai.eq(id % 2 == 0));
    diesel::insert_into(essai::table).values(row).execute(conn)
}

#[actix_web::test]
async fn a_savepoint_lets_a_transaction_go_on_after_a_failed_statement() {
    let app = with_table().await;
    app.write(|conn| {
        insert(conn, 1, "un")?;
        let refused = conn.transaction(|conn| {
            insert(conn, 2, "deux")?;
            insert(conn, 3, "un")
        });
        assert!(refused.is_err());
        insert(conn, 4, "quatre")?;
        Ok(())
    })
    .unwrap();
    let kept: Vec<i64> = app.read(|conn| Ok(essai::table.select(essai::id).order(essai::id).load(conn)?));
    assert_eq!(kept, [1, 4], "the failed savepoint alone is undone");
}

#[actix_web::test]
async fn four_threads_that_read_then_write_lose_nothing() {
    let app = with_table().await;
    app.write(|conn| Ok(insert(conn, 0, "0")?)).unwrap();
    let db = app.db();
    elsewhere(|| {
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        db.write_blocking(|conn| {
                            let seen: String = essai::table.find(0).select(essai::texte).first(conn)?;
                            let next = seen.parse::<u32>().unwrap() + 1;
                            diesel::update(essai::table.find(0))
                                .set(essai::texte.eq(next.to_string()))
                                .execute(conn)?;
                            Ok::<_, DbError>(())
                        })
                        .unwrap();
                    }
                });
            }
        });
    });
    let counted: String = app.read(|conn| Ok(essai::table.find(0).select(essai::texte).first(conn)?));
    assert_eq!(counted, "200");
}

#[actix_web::test]
async fn two_servers_lose_no_update_when_each_carries_the_version_it_read() {
    let app = with_table().await;
    app.write(|conn| Ok(insert(conn, 0, "0")?)).unwrap();
    let url = app.database.url.clone();
    elsewhere(|| {
        std::thread::scope(|scope| {
            for _ in 0..2 {
                let mut conn = DbConn::open(&url, Usage::Write).unwrap();
                scope.spawn(move || {
                    let mut done = 0;
                    while done < 50 {
                        conn.begin_write().unwrap();
                        let seen: String = essai::table.find(0).select(essai::texte).first(&mut conn).unwrap();
                        let next = (seen.parse::<u32>().unwrap() + 1).to_string();
                        let row = essai::table.filter(essai::id.eq(0).and(essai::texte.eq(&seen)));
                        done += diesel::update(row).set(essai::texte.eq(next)).execute(&mut conn).unwrap();
                        conn.commit().unwrap();
                    }
                });
            }
        });
    });
    let counted: String = app.read(|conn| Ok(essai::table.find(0).select(essai::texte).first(conn)?));
    assert_eq!(counted, "100");
}

/// For each unique constraint, a statement that the second time breaks it.
const TWICE: [(&str, &str); 37] = [
    (
        "demande_id_unique",
        "INSERT INTO demande (id, structure_id, personne_id, date_demande, etape, verdict, nom, prenom, email, formation, \
         financement, structure_nom, siret, source) SELECT id, structure_id, personne_id, date_demande, etape, verdict, \
         nom, prenom, email, formation, financement, structure_nom, siret, source FROM demande LIMIT 1",
    ),
    (
        "compteur_pk",
        "INSERT INTO compteur (etendue, mesure, lieu, valeur, jours, nombre) SELECT 'national', 'etape', '', 'essai', 0, 1 \
         FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "structure_siret_unique",
        "INSERT INTO structure (id, siret, nom, genre, departement) SELECT 'autre', siret, nom, genre, departement \
         FROM structure LIMIT 1",
    ),
    (
        "personne_email_cle_unique",
        "INSERT INTO personne (id, email, cle, nom, prenom) SELECT 'autre', email, cle, nom, prenom FROM personne LIMIT 1",
    ),
    (
        "candidature_reference_unique",
        "INSERT INTO candidature (id, reference, structure_id, cree_le) SELECT 'c' || n.n, 'PA-1', s.id, \
         '2026-01-01 00:00:00' FROM (SELECT 1 AS n UNION ALL SELECT 2) n, (SELECT id FROM structure LIMIT 1) s",
    ),
    (
        "compte_email_unique",
        "INSERT INTO compte (id, email, nom) SELECT 'c' || n.n, 'a@b.example', 'A' \
         FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "enveloppe_libelle_unique",
        "INSERT INTO enveloppe (id, departement, annee, recipiendaire, libelle) SELECT 'autre', departement, annee, \
         recipiendaire, libelle FROM enveloppe LIMIT 1",
    ),
    (
        "tarif_enveloppe_pk",
        "INSERT INTO tarif_enveloppe (enveloppe_id, formation, organisme, nom, prix) SELECT e.id, 'aidants_connect', 'of', \
         'OF', 1 FROM (SELECT id FROM enveloppe LIMIT 1) e, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "compte_enveloppe_pk",
        "INSERT INTO compte_enveloppe (compte_id, enveloppe_id) SELECT c.id, e.id FROM (SELECT id FROM compte LIMIT 1) c, \
         (SELECT id FROM enveloppe LIMIT 1) e, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "client_api_enveloppe_pk",
        "INSERT INTO client_api_enveloppe (client_id, enveloppe_id) SELECT c.id, e.id FROM (SELECT id FROM client_api \
         LIMIT 1) c, (SELECT id FROM enveloppe LIMIT 1) e, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "client_api_origine_pk",
        "INSERT INTO client_api_origine (client_id, origine) SELECT c.id, 'https://a.example' FROM (SELECT id FROM \
         client_api LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "demande_declaree_pk",
        "INSERT INTO demande_declaree (demande_id, colonne, valeur) SELECT d.id, 'presence', 'present' \
         FROM (SELECT id FROM demande LIMIT 1) d, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "idempotence_pk",
        "INSERT INTO idempotence (portee, cle, empreinte, statut, corps, expire_le) SELECT 'p', 'c', 'e', 200, '', \
         '2026-01-01 00:00:00' FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "import_lot_pk",
        "INSERT INTO import_lot (import_id, numero, rapport, rejets, effets) SELECT i.id, 1, '', '', '' \
         FROM (SELECT id FROM import LIMIT 1) i, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "compte_role_pk",
        "INSERT INTO compte_role (compte_id, role) SELECT c.id, 'aidant' FROM (SELECT id FROM compte LIMIT 1) c, \
         (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "compte_structure_pk",
        "INSERT INTO compte_structure (compte_id, structure_id, role) SELECT c.id, s.id, 'aidant' \
         FROM (SELECT id FROM compte LIMIT 1) c, (SELECT id FROM structure LIMIT 1) s, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "compte_organisme_pk",
        "INSERT INTO compte_organisme (compte_id, organisme_id, role) SELECT c.id, 'o', 'formateur' \
         FROM (SELECT id FROM compte LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "session_id_unique",
        "INSERT INTO session (empreinte, id, compte_id, role, appareil, cree_le, vue_le, expire_le, otp_le) \
         SELECT 'autre', id, compte_id, role, appareil, cree_le, vue_le, expire_le, otp_le FROM session LIMIT 1",
    ),
    (
        "moyen_otp_serie_unique",
        "INSERT INTO moyen_otp (id, genre, etat, serie, graine, cle_id, dernier_pas, derive, cree_le) SELECT 'm' || n.n, \
         'carte', 'actif', '42', '', '', -1, 0, '2026-01-01 00:00:00' FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "frein_pk",
        "INSERT INTO frein (cle, fenetre, nombre, expire_le) SELECT 'c', 1, 1, '2026-01-01 00:00:00' \
         FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "texte_engagement_version_unique",
        "INSERT INTO texte_engagement (id, genre, version, contenu, publie_le) SELECT 'autre', genre, version, '', publie_le \
         FROM texte_engagement LIMIT 1",
    ),
    (
        "acceptation_pk",
        "INSERT INTO acceptation (compte_id, texte_id, accepte_le) SELECT c.id, 't', '2026-01-01 00:00:00' \
         FROM (SELECT id FROM compte LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "vue_nom_unique",
        "INSERT INTO vue (id, compte_id, role, nom, etat, partagee, version) SELECT 'v' || n.n, c.id, 'anct', 'Nom', '{}', FALSE, 1 \
         FROM (SELECT id FROM compte LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "lien_candidature_code_unique",
        "INSERT INTO lien_candidature (id, code, enveloppe_id, libelle, ouvre_le, ferme_le, structure, ferme, cree_le, version) \
         SELECT 'l' || n.n, '22222222', e.id, 'Nom', '', '', '{}', FALSE, '2026-01-01 00:00:00', 1 \
         FROM (SELECT id FROM enveloppe LIMIT 1) e, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "correspondance_import_pk",
        "INSERT INTO correspondance_import (organisation, entetes, correspondance) SELECT 'o', 'e', '{}' \
         FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "envoi_messages_pk",
        "INSERT INTO envoi_messages (compte_id, jour, nombre) SELECT c.id, '2026-01-01', 1 \
         FROM (SELECT id FROM compte LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "presence_pk",
        "INSERT INTO presence (demande_id, compte_id, vu_le) SELECT d.id, c.id, '2026-01-01 00:00:00' \
         FROM (SELECT id FROM demande LIMIT 1) d, (SELECT id FROM compte LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "avis_commentaire_compte_unique",
        "INSERT INTO avis (id, compte_id, genre, commentaire_id, cree_le, a_resumer) \
         SELECT 'a' || n.n, compte_id, 'mention', id, cree_le, FALSE FROM commentaire, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "rappel_pk",
        "INSERT INTO rappel (evenement, objet, echeance, cree_le) SELECT 'lot_proche', 'a', '', prochain_le \
         FROM (SELECT prochain_le FROM rappel_passage LIMIT 1) p, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "preference_avis_pk",
        "INSERT INTO preference_avis (compte_id, genre, moyen) SELECT c.id, 'mention', 'courriel' \
         FROM (SELECT id FROM compte LIMIT 1) c, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "preuve_pk",
        "INSERT INTO preuve (siret, service, valeur, echec, tentatives, prochaine_le) SELECT '1', 'siro', '', '', 0, \
         '2026-01-01 00:00:00' FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "opco_siret_pk",
        "INSERT INTO opco_siret (table_id, siret, rang, opco) SELECT 't', '1', 1, 'a' \
         FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "lot_eligibilite_numero_unique",
        "INSERT INTO lot_eligibilite (id, numero, prevu_le, a_la_main, ouvert_le) SELECT 'l' || n.n, 1, 'p' || n.n, FALSE, \
         '2026-01-01 00:00:00' FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "lot_eligibilite_prevu_unique",
        "INSERT INTO lot_eligibilite (id, numero, prevu_le, a_la_main, ouvert_le) SELECT 'l' || n.n, n.n, '2026-03-03', \
         FALSE, '2026-01-01 00:00:00' FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "echange_numero_unique",
        "INSERT INTO echange (id, demande_id, numero, genre, texte, auteur_id, suivi, cree_le) SELECT 'e' || n.n, d.id, 1, \
         'question', '', '', '', '2026-01-01 00:00:00' FROM (SELECT id FROM demande LIMIT 1) d, \
         (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "lot_demande_pk",
        "INSERT INTO lot_demande (lot_id, demande_id, rang, decision, complement, motif, auteur_id) SELECT l.id, d.id, \
         d.rang, 'a_decider', 'aucun', '', '' FROM (SELECT id, rang FROM demande LIMIT 1) d, \
         (SELECT id FROM lot_eligibilite LIMIT 1) l, (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
    (
        "structure_numero_habilitation_unique",
        "INSERT INTO structure (id, siret, nom, genre, departement, numero_habilitation) SELECT 's' || n.n, 's' || n.n, '', \
         '', '', '01010000' FROM (SELECT 1 AS n UNION ALL SELECT 2) n",
    ),
];

#[actix_web::test]
async fn every_unique_constraint_has_the_same_name_on_both() {
    let app = TestApp::new().await;
    let envelope = app.envelope("01");
    app.insert(vec![line("01", 0, &envelope)]);
    let _account = app.account(domain::permission::Role::Anct, &[]);
    let _token = app.anct();
    app.execute(
        "INSERT INTO import (id, etat, essai, format, acteur_genre, acteur_id, role, requete, fichier, octets, cree_le) \
         VALUES ('i', 'termine', FALSE, 'csv', 'systeme', '', '', '', '', 0, '2026-01-01 00:00:00')",
    )
    .unwrap();
    app.execute("INSERT INTO organisme (id, nom) VALUES ('o', 'Organisme')").unwrap();
    app.execute(
        "INSERT INTO texte_engagement (id, genre, version, contenu, publie_le) \
         VALUES ('t', 'cgu', 1, '', '2026-01-01 00:00:00')",
    )
    .unwrap();
    app.execute(
        "INSERT INTO commentaire (id, demande_id, compte_id, role, texte, cree_le) SELECT 'c', d.id, c.id, 'anct', 'x', \
         '2026-01-01 00:00:00' FROM (SELECT id FROM demande LIMIT 1) d, (SELECT id FROM compte LIMIT 1) c",
    )
    .unwrap();
    app.execute(
        "INSERT INTO lot_eligibilite (id, numero, prevu_le, a_la_main, ouvert_le) VALUES ('l', 99, '2026-01-01', FALSE, \
         '2026-01-01 00:00:00')",
    )
    .unwrap();
    for (name, statement) in TWICE {
        let error = app.execute(statement).unwrap_err();
        assert!(
            matches!(error, DbError::Diesel(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _))),
            "{name}: {error}"
        );
        assert_eq!(error.constraint(), Some(name), "{error}");
    }
    let mut known: Vec<&str> = UNIQUE.iter().map(|(name, _)| *name).collect();
    let mut tried: Vec<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    known.sort_unstable();
    tried.sort_unstable();
    assert_eq!(known, tried, "every name of the table is tried, and no other");
}

#[actix_web::test]
async fn a_broken_foreign_key_is_refused_by_readers_and_writer_alike() {
    let app = TestApp::new().await;
    let error =
        app.execute("INSERT INTO compte_enveloppe (compte_id, enveloppe_id) VALUES ('rien', 'rien')").unwrap_err();
    assert!(
        matches!(error, DbError::Diesel(DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))),
        "{error}"
    );
    assert!(!error.is_transient(), "trying again changes nothing");
    if !app.is_postgres() {
        for usage in [Usage::Read, Usage::Write] {
            let mut conn = DbConn::open(&app.database.url, usage).unwrap();
            let sql = "SELECT CAST(foreign_keys AS TEXT) AS v FROM pragma_foreign_keys";
            assert_eq!(texts(&mut conn, sql), ["1"], "the bundled default is not relied upon");
        }
    }
}

#[actix_web::test]
async fn a_broken_check_has_the_same_name_on_both() {
    let app = TestApp::new().await;
    let cases = [
        ("compte_etat_connu", "INSERT INTO compte (id, email, nom, etat) VALUES ('1', 'a@b.example', 'A', 'roi')"),
        (
            "journal_acteur_genre_connu",
            "INSERT INTO journal (numero, date, acteur_genre, acteur_id, role, action, objet, objet_id, requete, \
             donnees_empreinte, precedente, empreinte) VALUES (1, '2026-01-01 00:00:00', 'roi', '', '', '', '', '', '', '', '', '')",
        ),
        ("journal_tete_unique", "INSERT INTO journal_tete (id, numero, empreinte) VALUES (2, 0, '')"),
    ];
    for (name, statement) in cases {
        let error = app.execute(statement).unwrap_err();
        assert!(
            matches!(error, DbError::Diesel(DieselError::DatabaseError(DatabaseErrorKind::CheckViolation, _))),
            "{error}"
        );
        assert_eq!(error.constraint(), Some(name), "{error}");
    }
}

#[actix_web::test]
async fn absent_values_come_last_when_the_order_says_so() {
    let app = with_table().await;
    app.write(|conn| {
        for (id, value) in [(1, None), (2, Some("b")), (3, None), (4, Some("a"))] {
            insert(conn, id, &id.to_string())?;
            diesel::update(essai::table.find(id)).set(essai::vide.eq(value)).execute(conn)?;
        }
        Ok(())
    })
    .unwrap();
    let order = (essai::vide.is_null(), essai::vide, essai::id);
    let sorted: Vec<i64> = app.read(move |conn| Ok(essai::table.select(essai::id).order(order).load(conn)?));
    assert_eq!(sorted, [4, 2, 1, 3]);
}

#[actix_web::test]
async fn text_is_ordered_by_its_bytes() {
    let app = with_table().await;
    let words = ["b", "A", "é", "Z", "a b", "a-b", "ab", "a", "œ", "É", "10", "9", "_", "~", "\u{10FFFF}", "zz"];
    app.write(move |conn| {
        for (id, word) in (0..).zip(words) {
            insert(conn, id, word)?;
        }
        Ok(())
    })
    .unwrap();
    let mut expected = words.to_vec();
    expected.sort_unstable();
    let sorted: Vec<String> = app.read(|conn| Ok(essai::table.select(essai::texte).order(essai::texte).load(conn)?));
    assert_eq!(sorted, expected);
    let after: Vec<String> = app.read(|conn| {
        Ok(essai::table.select(essai::texte).filter(essai::texte.gt("zz")).order(essai::texte).load(conn)?)
    });
    assert_eq!(after, expected.iter().filter(|word| **word > "zz").copied().collect::<Vec<_>>());
}

#[actix_web::test]
async fn a_database_that_sorts_otherwise_than_by_bytes_is_pointed_out() {
    let app = TestApp::new().await;
    let other = |name: &str| format!("{name}_autre");
    app.database.run_outside(|name| {
        format!("CREATE DATABASE {} TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'", other(name))
    });
    let url = match &app.database.url {
        DbUrl::Postgres(url) => DbUrl::Postgres(other(url)),
        file @ DbUrl::Sqlite(_) => file.clone(),
    };
    let found = [&app.database.url, &url].map(|url| {
        let mut conn = DbConn::open(url, Usage::Bulk).unwrap();
        api::db::other_collation(&mut conn).unwrap()
    });
    app.database.run_outside(|name| format!("DROP DATABASE {} WITH (FORCE)", other(name)));
    let pointed_out = matches!(url, DbUrl::Postgres(_)).then(|| "C.UTF-8".to_owned());
    assert_eq!(found, [None, pointed_out]);
}

#[actix_web::test]
async fn a_moment_comes_back_as_it_was_to_the_microsecond() {
    let app = with_table().await;
    let nanoseconds = chrono::DateTime::from_timestamp(1_772_442_000, 123_456_789).unwrap().naive_utc();
    let now = Clock::fixed(nanoseconds, 1).now();
    app.write(move |conn| {
        insert(conn, 1, "un")?;
        Ok(diesel::update(essai::table.find(1)).set(essai::moment.eq(now)).execute(conn)?)
    })
    .unwrap();
    let read: api::clock::Moment = app.read(|conn| Ok(essai::table.find(1).select(essai::moment).first(conn)?));
    assert_eq!(read, now);
    assert_eq!(api::clock::rfc3339(read), "2026-03-02T09:00:00.123456Z");
    let found: i64 = app.read(move |conn| Ok(essai::table.filter(essai::moment.eq(now)).count().get_result(conn)?));
    assert_eq!(found, 1, "and is found again by itself");
}

#[actix_web::test]
async fn truth_is_read_and_compared_alike() {
    let app = with_table().await;
    app.write(|conn| {
        insert(conn, 1, "un")?;
        Ok(insert(conn, 2, "deux")?)
    })
    .unwrap();
    let filtered: Vec<(i64, bool)> =
        app.read(|conn| Ok(essai::table.filter(essai::vrai.eq(true)).select((essai::id, essai::vrai)).load(conn)?));
    assert_eq!(filtered, [(2, true)]);
    let not: Vec<String> = app.texts("SELECT texte AS v FROM essai WHERE NOT vrai");
    assert_eq!(not, ["un"]);
}

#[actix_web::test]
async fn a_reader_refuses_to_write() {
    let app = with_table().await;
    let refused = app.db().read_blocking(|conn| execute(conn, "DELETE FROM essai"));
    assert!(refused.is_err());
}
