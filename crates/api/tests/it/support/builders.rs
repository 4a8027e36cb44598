//! Valid bodies and rows with real SIRENs and invented people; a test changes only what it is about.

use std::sync::OnceLock;

use api::areas::enveloppe::service::Envelope;
use api::db::schema::enveloppe;
use diesel::RunQueryDsl;
use domain::demande::{Colonne, Ligne};
use serde_json::{Value, json};

use super::TestApp;

/// A commune that is a legal person, as in the registry.
pub struct Commune {
    /// INSEE code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Département.
    pub department: String,
    /// SIREN.
    pub siren: String,
    /// First postal code.
    pub postal: String,
}

/// Every commune that has a SIREN.
pub fn communes() -> &'static [Commune] {
    static COMMUNES: OnceLock<Vec<Commune>> = OnceLock::new();
    COMMUNES.get_or_init(|| {
        let text = include_str!("../../../../../data/registry/communes.csv");
        let lines = csv::Reader::from_reader(text.as_bytes()).into_records().map(Result::unwrap);
        lines
            .filter(|line| !line[5].is_empty())
            .map(|line| Commune {
                code: line[0].to_owned(),
                name: line[1].to_owned(),
                department: line[2].to_owned(),
                siren: line[5].to_owned(),
                postal: line[8].split('|').next().unwrap().to_owned(),
            })
            .collect()
    })
}

/// The `n`-th commune of a département.
pub fn commune(department: &str, n: usize) -> &'static Commune {
    communes().iter().filter(|commune| commune.department == department).cycle().nth(n).unwrap()
}

/// A SIRET of this SIREN: establishment number `nic` and the key that Luhn asks for.
pub fn siret(siren: &str, nic: usize) -> String {
    let body = format!("{siren}{nic:04}");
    let sum: u32 = body
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let doubled = digit.to_digit(10).unwrap() * if place % 2 == 0 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A last name of its own for each number: « Nomba ».
pub fn last_name(mut n: usize) -> String {
    let mut name = "Nom".to_owned();
    loop {
        name.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
        n /= 26;
        if n == 0 {
            return name;
        }
    }
}

/// A professional of a candidature, who asks for one training.
pub fn professional(n: usize) -> Value {
    let last = last_name(n);
    json!({
        "nom": last,
        "prenom": "Angela",
        "email": format!("angela.{}@mairie.example", last.to_lowercase()),
        "profession": "Secrétaire de mairie",
        "formations": ["aidants_numeriques"],
        "statut": "salarie",
        "accompagne_demarches": true,
    })
}

/// A valid candidature of a commune of this département, with one professional.
pub fn candidature(department: &str) -> Value {
    let commune = commune(department, 0);
    json!({
        "structure": {
            "nom": format!("Mairie de {}", commune.name),
            "type_structure": "municipalites",
            "label_france_services": false,
            "email_contact": "contact@mairie.example",
            "adresse": "1 place de la Mairie",
            "code_postal": commune.postal,
            "ville": commune.name,
            "code_insee": commune.code,
            "siret": siret(&commune.siren, 1),
        },
        "referent": {
            "nom": "Martin",
            "prenom": "Claude",
            "profession": "Directrice générale des services",
            "email": "claude.martin@mairie.example",
            "telephone": "06 39 98 01 02",
        },
        "professionnels": [professional(0)],
    })
}

/// A valid body of `POST /demandes`.
pub fn demande(department: &str, n: usize) -> Value {
    let commune = commune(department, n);
    let last = last_name(n);
    json!({
        "nom": last,
        "prenom": "Angela",
        "email": format!("angela.{}@mairie.example", last.to_lowercase()),
        "formation": "aidants_numeriques",
        "structure_nom": format!("Mairie de {}", commune.name),
        "structure_type": "municipalites",
        "siret": siret(&commune.siren, 1),
        "code_postal": commune.postal,
        "ville": commune.name,
    })
}

/// The same as a row of the table.
pub fn line(department: &str, n: usize, envelope: &str) -> Ligne {
    let mut line = Ligne::default();
    for (name, value) in demande(department, n).as_object().unwrap() {
        line.set(Colonne::parse(name).unwrap(), value.as_str().unwrap());
    }
    line.set(Colonne::Departement, department);
    line.set(Colonne::Financement, "enveloppe");
    line.set(Colonne::Source, "saisie");
    line.set(Colonne::DateDemande, "2026-03-02");
    line.set(Colonne::EnveloppeId, envelope);
    line
}

impl TestApp {
    /// An open envelope of this département.
    pub fn envelope(&self, department: &str) -> String {
        self.envelope_of(department, "Enveloppe", true)
    }

    /// An envelope of this département, with a label.
    pub fn envelope_of(&self, department: &str, label: &str, open: bool) -> String {
        let (holder, label) = (format!("Conseil départemental {department}"), format!("{label} {department} 2026"));
        let etat = if open { "ouverte" } else { "close" }.to_owned();
        let row = Envelope { etat, ..Envelope::new(self.clock.id(), (department.to_owned(), 2026), holder, label) };
        let id = row.id.clone();
        self.write(move |conn| Ok(diesel::insert_into(enveloppe::table).values(row).execute(conn)?)).unwrap();
        id
    }
}
