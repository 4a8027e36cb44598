//! What an application on a telephone is set with: the secret as text, as an `otpauth:` address, and as a QR code.

use qrcode::QrCode;
use qrcode::render::svg;
use totp_rs::Secret;

use super::Kind;
use crate::text::ISSUER;

/// Least width of the image, in pixels.
const WIDTH: u32 = 220;

/// What an application is set with.
pub struct Pairing {
    /// The secret, in base 32.
    pub secret: String,
    /// The `otpauth:` address.
    pub address: String,
    /// The QR code of the address.
    pub qr: String,
}

/// For the account of this address; `None` when the address is too long for a QR code.
pub fn pairing(email: &str, seed: &[u8]) -> Option<Pairing> {
    let secret = Secret::from(seed).to_base32();
    let (issuer, label) = (escape(ISSUER), escape(email));
    let period = Kind::App.period();
    let address = format!(
        "otpauth://totp/{issuer}:{label}?secret={secret}&issuer={issuer}&algorithm=SHA1&digits=6&period={period}"
    );
    let image = QrCode::new(address.as_bytes()).ok()?.render::<svg::Color<'_>>().min_dimensions(WIDTH, WIDTH).build();
    // Without the XML declaration, it can stand in a page.
    let qr = image.find("<svg").and_then(|start| image.get(start..))?.to_owned();
    Some(Pairing { secret, address, qr })
}

fn escape(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(one).collect()
}
