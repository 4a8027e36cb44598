//! The access matrix: what holds between its parts, and its copy in docs/security.md, which is generated from it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;

use domain::demande::colonne::Ecriture;
use domain::demande::{Colonne, DemandeSaisie};
use domain::permission::{
    Access, CATALOGUE, Door, Field, Operation, Portee, Reach, Role, access, field, may_read, may_write, reach, readable,
};

#[test]
fn chaque_operation_a_sa_portee_et_sert() {
    let portees: BTreeSet<Portee> = Operation::ALL.into_iter().filter_map(Operation::scope).collect();
    assert_eq!(portees, Portee::ALL.iter().copied().collect());
    for operation in Operation::ALL {
        assert!(
            CATALOGUE.iter().any(|(_, access)| *access == Access::Right(operation)),
            "{operation:?} ne sert à rien"
        );
        let nommes: Vec<Role> = operation.row().reach.iter().map(|(role, _)| *role).collect();
        let differents: BTreeSet<&str> = nommes.iter().map(|role| role.as_str()).collect();
        assert_eq!(nommes.len(), differents.len(), "{operation:?} nomme deux fois un rôle");
        assert_eq!(reach(Role::Usager, operation), Reach::Nothing, "un usager n'a pas de compte");
    }
}

#[test]
fn chaque_operation_de_l_api_n_a_qu_une_ligne() {
    let noms: BTreeSet<&str> = CATALOGUE.iter().map(|(nom, _)| *nom).collect();
    assert_eq!(noms.len(), CATALOGUE.len());
    assert_eq!(access("GET /api/v1/demandes"), Some(Access::Right(Operation::DemandeLire)));
    assert_eq!(access("GET /api/v1/inconnue"), None);
}

#[test]
fn qui_ecrit_un_champ_le_lit() {
    for colonne in Colonne::ALL.iter().copied() {
        for role in Role::ALL {
            let ecrit = Door::ALL.into_iter().any(|porte| may_write(role, colonne, porte));
            assert!(!ecrit || may_read(role, colonne), "{role:?} {colonne:?}");
        }
    }
}

#[test]
fn un_champ_s_ecrit_comme_sa_nature_le_veut() {
    let saisie = DemandeSaisie::default();
    let tapes: Vec<Colonne> = saisie.champs().map(|(colonne, _)| colonne).collect();
    for colonne in Colonne::ALL.iter().copied() {
        let Field { create, change, import, .. } = field(colonne);
        match colonne.description().ecriture {
            Ecriture::Libre => assert!(!create.is_empty() && !change.is_empty() && !import.is_empty(), "{colonne:?}"),
            Ecriture::Decision => assert!(create.is_empty() && change.is_empty() && !import.is_empty(), "{colonne:?}"),
            Ecriture::Calculee => assert!(change.is_empty() && import.is_empty(), "{colonne:?}"),
        }
        assert_eq!(tapes.contains(&colonne), !change.is_empty(), "{colonne:?}");
    }
}

#[test]
fn qui_lit_le_tableau_lit_de_quoi_le_trier_et_le_compter() {
    for role in Role::ALL.into_iter().filter(|role| reach(*role, Operation::DemandeLire) != Reach::Nothing) {
        for colonne in [Colonne::DateDemande, Colonne::Etape, Colonne::Verdict] {
            assert!(may_read(role, colonne), "{role:?} {colonne:?}");
        }
        let ecrit = reach(role, Operation::DemandeModifier) != Reach::Nothing;
        let modifie = Colonne::ALL.iter().any(|colonne| may_write(role, *colonne, Door::Change));
        assert_eq!(ecrit, modifie, "{role:?} : les droits sur les champs et sur l'opération se contredisent");
        assert!(readable(role).count() > 30, "{role:?}");
    }
}

#[test]
fn l_anct_ne_choisit_pas_l_organisme() {
    for colonne in [Colonne::Organisme, Colonne::SessionFormation] {
        assert!(may_write(Role::Recipiendaire, colonne, Door::Change));
        assert!(
            !may_write(Role::Anct, colonne, Door::Create) && !may_write(Role::Anct, colonne, Door::Change),
            "ENV-3"
        );
        assert!(may_write(Role::Anct, colonne, Door::Import), "reprise d'historique");
    }
}

const DEBUT: &str = "<!-- matrice : produite par le code, « cargo xtask droits » la réécrit -->\n";
const FIN: &str = "<!-- fin de la matrice -->\n";

fn atteintes(operation: Operation) -> String {
    let lignes = operation.row().reach.iter().map(|(role, reach)| {
        let quoi = match reach {
            Reach::Nothing => "rien",
            Reach::Own => "les siens",
            Reach::All => "tous",
        };
        format!("`{}` {quoi}", role.as_str())
    });
    lignes.collect::<Vec<_>>().join(", ")
}

fn roles(roles: &[Role]) -> String {
    if roles.is_empty() {
        return "personne".to_owned();
    }
    roles.iter().map(|role| format!("`{}`", role.as_str())).collect::<Vec<_>>().join(", ")
}

/// The tables, as the page carries them.
fn tables() -> String {
    let mut texte = "\n| Opération | Portée du jeton | Rôles et objets atteints |\n|---|---|---|\n".to_owned();
    for (nom, access) in CATALOGUE {
        let (portee, qui) = match access {
            Access::Public => ("—".to_owned(), "public".to_owned()),
            Access::SignedIn => ("—".to_owned(), "toute personne connectée, pour elle-même".to_owned()),
            Access::Person => ("aucune".to_owned(), "toute personne dans un navigateur, pour elle-même".to_owned()),
            Access::Right(operation) => {
                let portee = operation.scope().map(|portee| format!("`{}`", portee.as_str()));
                (portee.unwrap_or_else(|| "aucune".to_owned()), atteintes(*operation))
            }
        };
        writeln!(texte, "| `{}` | {portee} | {qui} |", nom.replace("/api/v1", "")).unwrap();
    }
    let mut groupes: Vec<(Field, Vec<&str>)> = Vec::new();
    for colonne in Colonne::ALL {
        match groupes.iter_mut().find(|(droits, _)| *droits == field(*colonne)) {
            Some((_, noms)) => noms.push(colonne.nom()),
            None => groupes.push((field(*colonne), vec![colonne.nom()])),
        }
    }
    texte.push_str(
        "\n| Champs d’une demande | Lire | Donner en créant | Modifier | Importer |\n|---|---|---|---|---|\n",
    );
    for (droits, noms) in groupes {
        let Field { read, create, change, import } = droits;
        let noms: Vec<String> = noms.into_iter().map(|nom| format!("`{nom}`")).collect();
        let droits = [read, create, change, import].map(roles).join(" | ");
        writeln!(texte, "| {} | {droits} |", noms.join(", ")).unwrap();
    }
    texte.push('\n');
    texte
}

/// `cargo xtask droits` asks this test to rewrite the page; otherwise it compares.
#[test]
fn la_page_de_securite_porte_cette_matrice() {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/security.md");
    let texte = std::fs::read_to_string(&page).unwrap();
    let (avant, reste) = texte.split_once(DEBUT).unwrap();
    let (ecrite, apres) = reste.split_once(FIN).unwrap();
    if std::env::var_os("PARCOURS_REECRIRE").is_some() {
        std::fs::write(&page, format!("{avant}{DEBUT}{}{FIN}{apres}", tables())).unwrap();
        return;
    }
    assert_eq!(
        ecrite,
        tables(),
        "docs/security.md ne correspond plus au code : « cargo xtask droits », relisez, validez"
    );
}
