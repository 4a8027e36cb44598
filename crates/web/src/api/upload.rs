//! Sending a file while telling how much of it has left: the one thing `fetch` cannot tell.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ProgressEvent, XmlHttpRequest};

use super::ClientError;
use super::http::{CSRF_HEADER, PREFIX, refused};

/// How long a large file may take to be sent, in milliseconds.
const TIMEOUT_MS: u32 = 30 * 60 * 1_000;

/// Posts a file to `path` and gives the answer as text. `told` is called with the bytes that have left so far.
pub async fn post_file(
    path: &str,
    file: &Blob,
    content_type: &str,
    told: Box<dyn FnMut(f64)>,
) -> Result<String, ClientError> {
    let request = XmlHttpRequest::new().map_err(unexpected)?;
    let mut told = told;
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| told(event.loaded()));
    if let Ok(upload) = request.upload() {
        upload.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
    }
    let ended = js_sys::Promise::new(&mut |resolve, _reject| request.set_onloadend(Some(&resolve)));
    open(&request, path, file, content_type).map_err(unexpected)?;
    JsFuture::from(ended).await.map_err(unexpected)?;
    let body = request.response_text().ok().flatten().unwrap_or_default();
    match request.status().unwrap_or_default() {
        // No answer at all: the network went, or the time was over.
        0 => Err(ClientError::Offline),
        200..=299 => Ok(body),
        status => Err(refused(status, &body)),
    }
}

fn open(request: &XmlHttpRequest, path: &str, file: &Blob, content_type: &str) -> Result<(), JsValue> {
    request.open("POST", &format!("{PREFIX}{path}"))?;
    request.set_timeout(TIMEOUT_MS);
    request.set_request_header("Accept", "application/json, application/problem+json")?;
    request.set_request_header("Content-Type", content_type)?;
    request.set_request_header(CSRF_HEADER.0, CSRF_HEADER.1)?;
    request.send_with_opt_blob(Some(file))
}

fn unexpected(_cause: JsValue) -> ClientError {
    ClientError::Unexpected
}
