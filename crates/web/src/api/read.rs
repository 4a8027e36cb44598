//! Answers read by the browser's own JSON: where a type is read by one screen only, this weighs far less than a decoder
//! compiled for it. What is absent reads as empty.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{ClientError, Request};

/// A JSON object.
pub struct Read(JsValue);

impl Read {
    /// Sends a request and reads its answer.
    pub async fn answer(request: Request) -> Result<Self, ClientError> {
        let text = request.fetch_text().await?;
        js_sys::JSON::parse(&text).map(Self).map_err(|_malformed| ClientError::Unexpected)
    }

    fn get(&self, name: &str) -> JsValue {
        Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)
    }

    /// A text that may be absent.
    pub fn maybe(&self, name: &str) -> Option<String> {
        self.get(name).as_string()
    }

    /// A text.
    pub fn text(&self, name: &str) -> String {
        self.maybe(name).unwrap_or_default()
    }

    /// A whole number, of those that JavaScript holds exactly.
    #[expect(clippy::cast_possible_truncation, reason = "numbers of entries are far below 2^53")]
    pub fn number(&self, name: &str) -> i64 {
        self.get(name).as_f64().unwrap_or_default() as i64
    }

    /// Yes or no.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_truthy()
    }

    /// The objects of a list.
    pub fn list(&self, name: &str) -> Vec<Self> {
        let list = self.get(name).dyn_into::<Array>().unwrap_or_default();
        list.iter().map(Self).collect()
    }

    /// The texts of a list.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let list = self.get(name).dyn_into::<Array>().unwrap_or_default();
        list.iter().filter_map(|value| value.as_string()).collect()
    }
}
