//! What the collective agreements of a company let presume of its OPCO (ELI-3). Only a presumption: SIRO and the imported
//! table prevail. Codes and attachments are those of the arrêtés that approve the OPCOs (29 March 2019, MTRD1908313A for
//! the OPCO cohésion sociale, and those of its neighbours); an arrêté that changes them changes this table.

use std::collections::BTreeSet;

/// What collective agreements say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presomption {
    /// Nothing: none is declared.
    Aucune,
    /// This OPCO, by every agreement declared.
    Opco(&'static str),
    /// Agents of a public employer only: no OPCO.
    Public,
    /// Several OPCOs, a code that proves nothing, or one whose attachment is not known for certain.
    Doute,
}

use Presomption::{Opco, Public};

/// IDCC and what it says. What is not here proves nothing: escape codes (5100, 5501, 9998, 9999), inter-professional
/// agreements (0804), and those whose attachment no text in our hands establishes.
const IDCC: [(&str, Presomption); 44] = [
    ("0029", Opco("opco-sante")),
    ("0218", Opco("uniformation")),
    ("0405", Opco("opco-sante")),
    ("0413", Opco("opco-sante")),
    ("0783", Opco("opco-sante")),
    ("1031", Opco("uniformation")),
    ("1261", Opco("uniformation")),
    ("1278", Opco("uniformation")),
    ("1316", Opco("uniformation")),
    ("1420", Opco("uniformation")),
    ("1516", Opco("akto")),
    ("1518", Opco("uniformation")),
    ("1588", Opco("uniformation")),
    ("1671", Opco("akto")),
    ("1794", Opco("uniformation")),
    ("1909", Opco("afdas")),
    ("2128", Opco("uniformation")),
    ("2150", Opco("uniformation")),
    ("2190", Opco("uniformation")),
    ("2336", Opco("uniformation")),
    ("2511", Opco("afdas")),
    ("2526", Opco("uniformation")),
    ("2603", Opco("uniformation")),
    ("2666", Opco("uniformation")),
    ("2668", Opco("uniformation")),
    ("2727", Opco("uniformation")),
    ("2768", Opco("uniformation")),
    ("2793", Opco("uniformation")),
    ("2796", Opco("uniformation")),
    ("2797", Opco("uniformation")),
    ("2798", Opco("uniformation")),
    ("2847", Opco("uniformation")),
    ("2941", Opco("uniformation")),
    ("3016", Opco("uniformation")),
    ("3105", Opco("uniformation")),
    ("3127", Opco("opco-ep")),
    ("3220", Opco("uniformation")),
    ("3239", Opco("opco-ep")),
    ("5003", Public),
    ("5019", Opco("ocapiat")),
    ("5021", Public),
    ("5022", Public),
    ("7502", Opco("ocapiat")),
    ("7508", Opco("ocapiat")),
];

/// What these IDCC let presume.
pub fn presumer<T: AsRef<str>>(idcc: &[T]) -> Presomption {
    let connus: Vec<Option<Presomption>> = idcc.iter().map(|code| lire(code.as_ref())).collect();
    let opcos: BTreeSet<&str> = connus
        .iter()
        .filter_map(|connu| match connu {
            Some(Opco(opco)) => Some(*opco),
            _ => None,
        })
        .collect();
    let seul = opcos.first().filter(|_| opcos.len() == 1);
    match (connus.as_slice(), seul) {
        ([], _) => Presomption::Aucune,
        (tous, _) if tous.iter().all(|connu| *connu == Some(Public)) => Public,
        (tous, Some(opco)) if tous.iter().all(|connu| matches!(connu, Some(Opco(_)))) => Opco(opco),
        _ => Presomption::Doute,
    }
}

/// What one IDCC says; zeros lost by a spreadsheet are put back.
fn lire(code: &str) -> Option<Presomption> {
    let code = format!("{:0>4}", code.trim());
    IDCC.iter().find(|(connu, _)| *connu == code).map(|(_, dit)| *dit)
}
