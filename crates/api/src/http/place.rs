//! Where in a JSON text a reading stopped, as a JSON Pointer (RFC 6901): the refusal then names its field.

enum Frame {
    Object(Option<String>),
    Array(usize),
}

/// The pointer to what stands at this line and column (both from 1, in bytes, as serde gives them).
pub fn pointer_at(text: &str, line: usize, column: usize) -> String {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = before.saturating_add(column).min(text.len());
    let mut frames = Vec::new();
    let mut bytes = text.as_bytes().iter().take(end).copied().peekable();
    let mut is_key = false;
    while let Some(byte) = bytes.next() {
        match byte {
            b'{' => frames.push(Frame::Object(None)),
            b'[' => frames.push(Frame::Array(0)),
            b'}' | b']' => drop(frames.pop()),
            b',' => {
                if let Some(Frame::Array(index)) = frames.last_mut() {
                    *index += 1;
                }
            }
            b'"' => {
                let word = string(&mut bytes);
                if let (true, Some(Frame::Object(key))) = (is_key, frames.last_mut()) {
                    *key = Some(word);
                }
            }
            b' ' | b'\t' | b'\r' | b'\n' => continue,
            _ => {}
        }
        is_key = matches!(byte, b'{' | b',') && matches!(frames.last(), Some(Frame::Object(_)));
    }
    frames.iter().filter_map(step).map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect()
}

fn step(frame: &Frame) -> Option<String> {
    match frame {
        Frame::Object(key) => key.clone(),
        Frame::Array(index) => Some(index.to_string()),
    }
}

/// What stands between quotes, the first one being already read. Escapes stay as written: names of fields have none.
fn string(bytes: &mut impl Iterator<Item = u8>) -> String {
    let mut word = Vec::new();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => word.extend([byte].into_iter().chain(bytes.next())),
            _ => word.push(byte),
        }
    }
    String::from_utf8_lossy(&word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::pointer_at;

    #[test]
    fn names_the_field_where_reading_stopped() {
        let text = "{\"a\": 1,\n \"b/c\": [{\"d\": \"x\\\"y\"}, {\"e\": 2}]}";
        assert_eq!(pointer_at(text, 1, 7), "/a");
        assert_eq!(pointer_at(text, 2, 18), "/b~1c/0/d");
        assert_eq!(pointer_at(text, 2, 31), "/b~1c/1/e");
        assert_eq!(pointer_at(text, 9, 99), "", "beyond the end, everything is closed");
    }
}
