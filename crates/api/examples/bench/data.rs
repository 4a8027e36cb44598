//! Files of demandes to import: real structures, or communes with a computed NIC, and one generated professional each.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::values::plier;

use crate::Res;

/// The variable that names the file of real structures.
const VARIABLE: &str = "PARCOURS_DONNEES_REELLES";
const HEADERS: [&str; 17] = [
    "structure_nom",
    "structure_type",
    "label_france_services",
    "adresse",
    "code_postal",
    "ville",
    "siret",
    "structure_email",
    "nom",
    "prenom",
    "email",
    "profession",
    "statut_professionnel",
    "conseiller_numerique",
    "accompagne_demarches",
    "formation",
    "date_demande",
];
const LAST: [&str; 16] = [
    "Dubois",
    "Le Goff",
    "N'Diaye",
    "Müller",
    "Ferreira",
    "Nguyen",
    "Petit",
    "Lefèvre",
    "Benali",
    "Girard",
    "Rousseau",
    "Fernandez",
    "Kowalski",
    "Bonnet",
    "Diallo",
    "Marchand",
];
const FIRST: [&str; 16] = [
    "Angela",
    "Rémi",
    "Aminata",
    "Jean-Pierre",
    "Paulo",
    "Linh",
    "Anne",
    "Zoé",
    "Karim",
    "Noémie",
    "Thérèse",
    "Hugo",
    "Agnieszka",
    "Camille",
    "Fatou",
    "Luc",
];
const JOBS: [&str; 6] = [
    "Secrétaire de mairie",
    "Agente d'accueil",
    "Médiateur numérique",
    "Bibliothécaire",
    "Travailleuse sociale",
    "Conseiller France Services",
];

/// A structure: name, type, label, address, postal code, city, SIRET.
pub struct Structures {
    rows: Vec<[String; 7]>,
    /// Where they come from, for the report.
    pub source: String,
}

fn cause(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Structures {
    /// The real file when it is named, else the communes of the project.
    pub fn read() -> Res<Self> {
        match std::env::var_os(VARIABLE).map(PathBuf::from) {
            Some(path) => {
                let rows = table(&path, &REAL, |cells| Some(cells.to_owned()))?;
                let source = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                Ok(Self { rows, source })
            }
            None => {
                let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/registry/communes.csv");
                let rows = table(&path, &["nom", "siren", "codes_postaux"], commune)?;
                Ok(Self { rows, source: format!("communes.csv et NIC calculé ({VARIABLE} absente)") })
            }
        }
    }

    /// Writes `count` lines, as CSV or NDJSON by the extension. Structures come round again when there are fewer.
    pub fn write(&self, path: &Path, count: usize) -> Res {
        let mut output = BufWriter::with_capacity(1 << 20, File::create(path).map_err(cause)?);
        if path.extension().is_some_and(|extension| extension == "ndjson") {
            for (place, structure) in self.rows.iter().cycle().take(count).enumerate() {
                let cells = line(structure, place);
                let object: serde_json::Map<String, serde_json::Value> =
                    HEADERS.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.into())).collect();
                serde_json::to_writer(&mut output, &object).map_err(cause)?;
                output.write_all(b"\n").map_err(cause)?;
            }
        } else {
            let mut writer = csv::Writer::from_writer(&mut output);
            writer.write_record(HEADERS).map_err(cause)?;
            for (place, structure) in self.rows.iter().cycle().take(count).enumerate() {
                writer.write_record(line(structure, place)).map_err(cause)?;
            }
            writer.flush().map_err(cause)?;
        }
        output.flush().map_err(cause)
    }
}

const REAL: [&str; 7] =
    ["nom_structure", "type_structure", "label_france_services", "adresse", "code_postal", "ville", "siret"];

/// The rows of a CSV file, by the names of the wanted columns.
fn table<const N: usize>(
    path: &Path,
    wanted: &[&str; N],
    keep: impl Fn(&[String; N]) -> Option<[String; 7]>,
) -> Res<Vec<[String; 7]>> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| format!("{} : {error}", path.display()))?;
    let headers = reader.headers().map_err(cause)?.clone();
    let mut places = [0; N];
    for (place, name) in places.iter_mut().zip(wanted) {
        let found = headers.iter().position(|header| header == *name);
        *place = found.ok_or_else(|| format!("{} n'a pas de colonne {name}.", path.display()))?;
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(cause)?;
        rows.extend(keep(&places.map(|place| record.get(place).unwrap_or_default().to_owned())));
    }
    Ok(rows)
}

fn commune([name, siren, postal]: &[String; 3]) -> Option<[String; 7]> {
    let postal = postal.split(['|', ' ', ';', ',']).next().filter(|code| code.len() == 5)?;
    Some([
        format!("Mairie de {name}"),
        "municipalites".to_owned(),
        "non".to_owned(),
        "1 place de la Mairie".to_owned(),
        postal.to_owned(),
        name.clone(),
        siret(siren)?,
    ])
}

/// The first establishment of a SIREN.
fn siret(siren: &str) -> Option<String> {
    (siren.len() == 9).then(|| with_key(&format!("{siren}0001")))
}

/// Digits and the key that ends them (Luhn): every other digit is doubled, the last one first.
pub fn with_key(digits: &str) -> String {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            let doubled = if place % 2 == 0 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

fn pick<const N: usize>(from: [&'static str; N], place: usize) -> &'static str {
    from.get(place % N).copied().unwrap_or_default()
}

fn line(structure: &[String; 7], place: usize) -> [String; 17] {
    let [name, kind, label, address, postal, city, siret] = structure.clone();
    let (last, first) = (pick(LAST, place), pick(FIRST, place / 16));
    let word = |text: &str| plier(text).replace([' ', '\'', '-'], "");
    let email = format!("{}.{}{place}@mairie.example", word(first), word(last));
    let training = if place.is_multiple_of(3) { "aidants_numeriques" } else { "aidants_connect" };
    let date = format!("2026-{:02}-{:02}", place % 9 + 1, place % 28 + 1);
    [
        name,
        kind,
        label.to_lowercase(),
        address,
        postal,
        city,
        siret,
        "contact@mairie.example".to_owned(),
        last.to_owned(),
        first.to_owned(),
        email,
        pick(JOBS, place).to_owned(),
        "salarie".to_owned(),
        "non".to_owned(),
        "oui".to_owned(),
        training.to_owned(),
        date,
    ]
}
