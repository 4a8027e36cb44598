//! Cells as spreadsheets put them in the clipboard: text with tabs, with quotes around what holds a tab, a quote or a line end.
//! LibreOffice, Excel, Grist and Google Sheets all write it, and all read it.

/// The cells of a text from a spreadsheet, as many in each row as it has: what is not there is not an empty cell. A blank line among
/// rows of several cells has none.
pub fn parse(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut signs = text.trim_end_matches(['\n', '\r']).chars().peekable();
    let mut quoted = false;
    while let Some(sign) = signs.next() {
        let Some(row) = rows.last_mut() else { break };
        let Some(cell) = row.last_mut() else { break };
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => row.push(String::new()),
            '\r' if !quoted => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => cell.push(other),
        }
    }
    if rows.iter().any(|row| row.len() > 1) {
        for row in rows.iter_mut().filter(|row| matches!(row.as_slice(), [cell] if cell.is_empty())) {
            row.clear();
        }
    }
    rows
}

/// The text of cells, as a spreadsheet reads it.
pub fn write(rows: &[Vec<String>]) -> String {
    let line = |row: &Vec<String>| row.iter().map(|cell| quote(cell)).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn quote(cell: &str) -> String {
    if cell.contains(['\t', '\n', '\r', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

/// The same cells as a table for programs that read HTML; every sign of it is escaped.
pub fn html(rows: &[Vec<String>]) -> String {
    let escape =
        |cell: &String| cell.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let line = |row: &Vec<String>| row.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect::<String>();
    let lines: String = rows.iter().map(|row| format!("<tr>{}</tr>", line(row))).collect();
    format!("<table>{lines}</table>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn the_texts_of_the_usual_spreadsheets_are_read() {
        // Excel ends lines with CR LF, and the last one too; the others do not.
        for text in ["a\tb\r\nc\td\r\n", "a\tb\nc\td", "a\tb\nc\td\n"] {
            assert_eq!(parse(text), cells(&[&["a", "b"], &["c", "d"]]), "{text:?}");
        }
        assert_eq!(parse("a"), cells(&[&["a"]]));
        assert_eq!(parse("a\n\nb"), cells(&[&["a"], &[""], &["b"]]), "a column with an empty cell");
        assert_eq!(parse("\"deux\nlignes\"\t\"dit \"\"oui\"\"\""), cells(&[&["deux\nlignes", "dit \"oui\""]]));
        assert_eq!(parse("5\" de large\tb"), cells(&[&["5\" de large", "b"]]), "a quote within a cell is itself");
    }

    #[test]
    fn a_row_has_the_cells_that_are_there_and_no_more() {
        assert_eq!(parse("a\tb\nc"), cells(&[&["a", "b"], &["c"]]));
        assert_eq!(parse("a\tb\nc\t"), cells(&[&["a", "b"], &["c", ""]]), "an empty cell is there");
        assert_eq!(parse("a\tb\n\nc\td"), cells(&[&["a", "b"], &[], &["c", "d"]]), "a blank line has none");
    }

    #[test]
    fn what_is_copied_is_read_back() {
        let rows = cells(&[&["simple", "deux\nlignes", "\"cité\""], &["", "tab\tulé", "<b>&"]]);
        assert_eq!(parse(&write(&rows)), rows);
        assert_eq!(html(&cells(&[&["<b>&", "x"]])), "<table><tr><td>&lt;b&gt;&amp;</td><td>x</td></tr></table>");
    }
}
