//! Files of demandes in every format, and the way to send them and wait for the end.

use std::io::Write;

use serde_json::{Value, json};

use crate::support::{Answer, Caller, Commune, commune, communes, last_name, query, siret};

/// Media types.
pub const CSV: &str = "text/csv";
pub const NDJSON: &str = "application/x-ndjson";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
pub const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// A table of texts, its header line first.
#[derive(Clone)]
pub struct Table {
    pub headers: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Our names of the columns of [`people`].
pub const NAMES: [&str; 9] =
    ["nom", "prenom", "email", "formation", "structure_nom", "structure_type", "siret", "code_postal", "ville"];

/// The `n`-th valid row of a département.
pub fn person(department: &str, n: usize) -> Vec<String> {
    row(commune(department, n), n)
}

fn row(commune: &Commune, n: usize) -> Vec<String> {
    let last = last_name(n);
    [
        last.as_str(),
        "Angéla",
        &format!("angela.{}@mairie.example", last.to_lowercase()),
        "aidants_numeriques",
        &format!("Mairie de {}", commune.name),
        "municipalites",
        &siret(&commune.siren, 1),
        &commune.postal,
        &commune.name,
    ]
    .map(str::to_owned)
    .to_vec()
}

/// `count` valid rows of a département.
pub fn people(department: &str, count: usize) -> Table {
    let those = communes().iter().filter(|commune| commune.department == department).collect::<Vec<_>>();
    let rows = those.into_iter().cycle().zip(0..count).map(|(commune, n)| row(commune, n)).collect();
    Table { headers: NAMES.map(str::to_owned).to_vec(), rows }
}

impl Table {
    /// Adds a column, the same value everywhere.
    pub fn with(mut self, header: &str, value: &str) -> Self {
        self.headers.push(header.to_owned());
        self.rows.iter_mut().for_each(|row| row.push(value.to_owned()));
        self
    }

    /// Replaces a cell.
    pub fn set(mut self, row: usize, header: &str, value: &str) -> Self {
        let place = self.headers.iter().position(|name| name == header).unwrap();
        self.rows[row][place] = value.to_owned();
        self
    }

    /// As CSV in UTF-8.
    pub fn csv(&self, delimiter: char) -> String {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter as u8).from_writer(Vec::new());
        writer.write_record(&self.headers).unwrap();
        self.rows.iter().for_each(|row| writer.write_record(row).unwrap());
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    /// As NDJSON.
    pub fn ndjson(&self) -> String {
        let object = |row: &Vec<String>| {
            let members = self.headers.iter().zip(row).map(|(name, value)| (name.clone(), json!(value)));
            format!("{}\n", Value::Object(members.collect()))
        };
        self.rows.iter().map(object).collect()
    }

    /// As an Excel workbook; SIRETs stand as numbers, as spreadsheets like them.
    pub fn xlsx(&self) -> Vec<u8> {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let all = std::iter::once(&self.headers).chain(&self.rows);
        for (row, cells) in all.enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
                match cell.parse::<f64>() {
                    Ok(number) if self.headers[column as usize] == "siret" => {
                        sheet.write_number(row, column, number).unwrap();
                    }
                    _ => drop(sheet.write_string(row, column, cell).unwrap()),
                }
            }
        }
        book.save_to_buffer().unwrap()
    }

    /// As an OpenDocument spreadsheet, with the repetitions that spreadsheets write.
    pub fn ods(&self) -> Vec<u8> {
        ods_of(&[self])
    }

    fn ods_sheet(&self) -> String {
        let mut xml = String::from(
            "<table:table table:name=\"Feuille\"><table:table-column table:number-columns-repeated=\"1024\"/>",
        );
        for cells in std::iter::once(&self.headers).chain(&self.rows) {
            xml.push_str("<table:table-row>");
            for cell in cells {
                let cell = cell.replace('&', "&amp;").replace('<', "&lt;").replace('\'', "&apos;");
                xml.push_str(&format!(
                    "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>"
                ));
            }
            xml.push_str("<table:table-cell table:number-columns-repeated=\"16000\"/></table:table-row>");
        }
        xml.push_str("<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>");
        xml.push_str("</table:table>");
        xml
    }
}

/// An OpenDocument spreadsheet of these sheets.
pub fn ods_of(sheets: &[&Table]) -> Vec<u8> {
    let sheets: String = sheets.iter().map(|sheet| sheet.ods_sheet()).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet>\
         {sheets}</office:spreadsheet></office:body></office:document-content>"
    );
    zipped(&[("mimetype", ODS.as_bytes()), ("content.xml", xml.as_bytes())])
}

/// A zip of these files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Windows-1252 bytes of a text.
pub fn windows_1252(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1252.encode(text).0.into_owned()
}

/// Sends a file.
pub async fn send(caller: &Caller<'_>, media: &str, bytes: impl Into<Vec<u8>>, parameters: &[(&str, &str)]) -> Answer {
    let mut all = vec![("objet", "demandes")];
    all.extend(parameters);
    caller.post(&query("/imports", &all)).body(media, bytes.into()).send().await
}

/// Waits until an import no longer waits nor runs.
pub async fn wait(caller: &Caller<'_>, id: &str) -> Value {
    for _ in 0..3_000 {
        let view = caller.get(&format!("/imports/{id}")).send().await.ok(200);
        if view["etat"] != "en_attente" && view["etat"] != "en_cours" {
            return view;
        }
        actix_web::rt::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("import {id} does not end")
}

/// Sends a file that is received, and waits for its end.
pub async fn import(caller: &Caller<'_>, media: &str, bytes: impl Into<Vec<u8>>, parameters: &[(&str, &str)]) -> Value {
    let answer = send(caller, media, bytes, parameters).await;
    let view = answer.ok(202);
    let id = view["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/api/v1/imports/{id}").as_str()));
    wait(caller, id).await
}

/// Created, changed, unchanged, rejected.
pub fn counters(view: &Value) -> [i64; 4] {
    ["creees", "modifiees", "inchangees", "rejetees"].map(|name| view[name].as_i64().unwrap())
}

/// The report, line by line.
pub async fn lines(caller: &Caller<'_>, view: &Value) -> Vec<Value> {
    let answer = caller.get(&format!("/imports/{}/lignes", view["id"].as_str().unwrap())).send().await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/x-ndjson"));
    answer.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The file of rejected lines.
pub async fn rejects(caller: &Caller<'_>, view: &Value) -> String {
    let answer = caller.get(&format!("/imports/{}/rejets", view["id"].as_str().unwrap())).send().await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment; filename=\"rejets-"));
    answer.text()
}

/// Codes of the errors of a line.
pub fn codes(line: &Value) -> Vec<&str> {
    line["erreurs"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(|e| e["code"].as_str().unwrap())
        .collect()
}
