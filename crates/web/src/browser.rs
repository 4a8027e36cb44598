//! The few things the screens ask of the browser itself: focus, title, local storage, random identifiers, timers.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::{document, set_timeout, window, window_event_listener};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Identifier of the static shell that `index.html` paints before the app is there.
const SHELL_ID: &str = "coquille";

/// Says to the next program that a link of another one was followed.
const CROSSED_KEY: &str = "parcours.lien";

/// Says to the next program that the session was closed.
const SIGNED_OUT_KEY: &str = "parcours.deconnecte";

/// Removes the static shell.
pub fn clear_shell() {
    if let Some(shell) = document().get_element_by_id(SHELL_ID) {
        shell.remove();
    }
}

/// Sets the title of the tab.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the keyboard focus to the element of this id, once the current changes are drawn.
pub fn focus_later(id: impl Into<String>) {
    focus_soon(id.into());
}

#[inline(never)]
fn focus_soon(id: String) {
    let before = active_element();
    // The field of another form may be the same element, drawn anew: what is typed in it tells, and only people type.
    let typed = Rc::new(Cell::new(false));
    let heard = Rc::clone(&typed);
    let listener = window_event_listener(ev::input, move |_| heard.set(true));
    let act = move || {
        listener.remove();
        // Whoever has reached a field meanwhile keeps it: what they type must not land elsewhere.
        let reached = |now: &web_sys::HtmlElement| takes_text(now) && (before.as_ref() != Some(now) || typed.get());
        if !active_element().is_some_and(|now| reached(&now)) {
            focus(&id);
        }
    };
    set_timeout(act, Duration::from_millis(30));
}

/// Whether an element is one that people type in.
pub fn takes_text(element: &web_sys::HtmlElement) -> bool {
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Moves the keyboard focus to the element of this id, when there is one.
pub fn focus(id: &str) {
    let element = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // A browser refuses to focus what is not drawn: nothing else can be done then.
        let _ = element.focus();
    }
}

/// Moves the focus to the next of the regions that these selectors find, or to the one before, round and round.
pub fn next_region(selectors: &[&str], back: bool) {
    let find = |selector: &&str| document().query_selector(selector).ok().flatten();
    let regions: Vec<web_sys::Element> = selectors.iter().filter_map(find).collect();
    let within = |region: &web_sys::Element| active_element().is_some_and(|active| region.contains(Some(&active)));
    let count = regions.len();
    let next = match regions.iter().position(within) {
        Some(place) if back => (place + count - 1) % count,
        Some(place) => (place + 1) % count,
        None => 0,
    };
    // What Tab would reach, a table at its active cell, before what only the application reaches.
    let reached = "[tabindex='0'], a[href], button:not([disabled], [tabindex='-1']), input, select, textarea";
    let first = |region: &web_sys::Element| {
        let found = |stops| region.query_selector(stops).ok().flatten();
        found(reached).or_else(|| found("[tabindex='-1']"))
    };
    let stop = regions.get(next).and_then(first);
    if let Some(stop) = stop.and_then(|stop| stop.dyn_into::<web_sys::HtmlElement>().ok()) {
        // A browser refuses to focus what is not drawn: nothing else can be done then.
        let _ = stop.focus();
    }
}

/// Whether the keyboard focus is within the element of this id.
pub fn focus_within(id: &str) -> bool {
    let inside = |element: web_sys::HtmlElement| element.closest(&format!("#{id}")).ok().flatten().is_some();
    active_element().is_some_and(inside)
}

/// The lines of the list of this id.
fn list_lines(id: &str) -> Option<web_sys::HtmlCollection> {
    Some(document().get_element_by_id(id)?.children())
}

/// How many lines the list of this id has.
pub fn count_lines(id: &str) -> u32 {
    list_lines(id).map_or(0, |lines| lines.length())
}

/// Once the current changes are drawn, moves the focus to the first line of a list after so many, unless whoever pressed the button of
/// its next page has gone elsewhere; says how many there are. Nothing when there is none.
pub fn reach_line(id: &'static str, after: u32, told: Box<dyn Fn(u32)>) {
    let reach = move || {
        let Some(lines) = list_lines(id) else { return };
        let Some(line) = lines.item(after).and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) else {
            return;
        };
        told(lines.length() - after);
        if active_element().is_none_or(|now| matches!(now.tag_name().as_str(), "BODY" | "BUTTON")) {
            line.set_tab_index(-1);
            // A browser refuses to focus what is not drawn: nothing else can be done then.
            let _ = line.focus();
        }
    };
    set_timeout(reach, Duration::from_millis(30));
}

/// Marks the whole page, for the style sheets; an empty mark is none.
pub fn mark_page(name: &str, mark: &str) {
    let Some(page) = document().document_element() else { return };
    // A name that is one, and a page that is there: nothing can fail.
    let _marked = if mark.is_empty() { page.remove_attribute(name) } else { page.set_attribute(name, mark) };
}

/// The element that has the keyboard focus.
pub fn active_element() -> Option<web_sys::HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// The local storage; absent when the person forbids it.
fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Reads a value of the local storage.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value in the local storage; false when the browser refuses (private mode, no room left).
pub fn store(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Erases a value of the local storage.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Nothing was stored when the browser refuses: nothing is left to erase.
        let _ = storage.remove_item(key);
    }
}

/// Erases every value of the local storage whose key begins so.
pub fn forget_all(prefix: &str) {
    let Some(storage) = storage() else { return };
    let keys = (0..storage.length().unwrap_or_default()).filter_map(|place| storage.key(place).ok().flatten());
    // Listed first: erasing moves the places.
    for key in keys.filter(|key| key.starts_with(prefix)).collect::<Vec<_>>() {
        let _ = storage.remove_item(&key);
    }
}

/// The storage of this tab.
fn tab_storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

/// Reads a value kept for this tab.
pub fn stored_for_tab(key: &str) -> Option<String> {
    tab_storage()?.get_item(key).ok().flatten()
}

/// Keeps a value until the tab is closed; false when the browser refuses.
pub fn store_for_tab(key: &str, value: &str) -> bool {
    tab_storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Opens the print dialog of the browser.
pub fn print() {
    // A browser without printer refuses: there is nothing to print on.
    let _ = window().print();
}

/// A random UUID (version 4). `None` where the browser gives it only to pages served over HTTPS and this one is not.
pub fn random_uuid() -> Option<String> {
    let crypto = window().crypto().ok()?;
    let mut bytes = [0u8; 16];
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(format_uuid(bytes))
}

/// Writes 16 random bytes as a UUID of version 4.
fn format_uuid(mut bytes: [u8; 16]) -> String {
    if let Some(version) = bytes.get_mut(6) {
        *version = (*version & 0x0f) | 0x40;
    }
    if let Some(variant) = bytes.get_mut(8) {
        *variant = (*variant & 0x3f) | 0x80;
    }
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

/// Whether the browser believes it has a network.
pub fn online() -> bool {
    window().navigator().on_line()
}

/// Goes to an address of this site; a file is kept by the browser and the page stays.
pub fn open(address: &str) {
    // It can fail only for what is not an address.
    let _ = window().location().assign(address);
}

/// Has the browser keep a file under this name.
///
/// # Errors
/// The browser refuses.
pub fn keep_file(file: &web_sys::Blob, name: &str) -> Result<(), JsValue> {
    let address = web_sys::Url::create_object_url_with_blob(file)?;
    let link = document().create_element("a")?.unchecked_into::<web_sys::HtmlElement>();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// Loads the page of the address anew, once the router has written it: another program draws it, which is told that the
/// person came by a link.
pub fn load_anew() {
    store_for_tab(CROSSED_KEY, "1");
    set_timeout(|| drop(window().location().reload()), Duration::ZERO);
}

/// Whether another program sent the person here; asked once.
pub fn came_by_link() -> bool {
    taken_for_tab(CROSSED_KEY)
}

/// Leaves word to the program of the home that the session is closed.
pub fn tell_signed_out() {
    store_for_tab(SIGNED_OUT_KEY, "1");
}

/// Whether another program has just closed the session; asked once.
pub fn signed_out_elsewhere() -> bool {
    taken_for_tab(SIGNED_OUT_KEY)
}

/// Whether something is kept for this tab; it is not any more.
fn taken_for_tab(key: &str) -> bool {
    let kept = stored_for_tab(key).is_some();
    if let Some(storage) = tab_storage().filter(|_| kept) {
        // What cannot be erased costs one message, or one focus on a title.
        let _ = storage.remove_item(key);
    }
    kept
}

/// A moment of UTC (RFC 3339) as the clock of this browser has it: `2026-03-09T09:30`. What is not a moment stays as it is.
#[cfg(target_arch = "wasm32")]
pub fn local_time(rfc3339: &str) -> String {
    let moment = js_sys::Date::new(&rfc3339.into());
    if moment.get_time().is_nan() {
        return rfc3339.to_owned();
    }
    written(&moment)
}

#[cfg(target_arch = "wasm32")]
fn written(moment: &js_sys::Date) -> String {
    let (year, month, day) = (moment.get_full_year(), moment.get_month() + 1, moment.get_date());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", moment.get_hours(), moment.get_minutes())
}

/// The day that the clock of this browser shows: `2026-03-09`.
#[cfg(target_arch = "wasm32")]
pub fn today() -> String {
    let mut day = written(&js_sys::Date::new_0());
    day.truncate(10);
    day
}

/// Outside of a browser, where only tests run, it is always the same day.
#[cfg(not(target_arch = "wasm32"))]
pub fn today() -> String {
    "2026-03-09".to_owned()
}

/// Outside of a browser, where only tests run, the clock is that of UTC.
#[cfg(not(target_arch = "wasm32"))]
pub fn local_time(rfc3339: &str) -> String {
    rfc3339.to_owned()
}

/// The origin of this site: scheme, host and port.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// Puts a text in the clipboard; false when the browser refuses, or has none to give to a page served without TLS.
pub async fn copy(text: &str) -> bool {
    let copying = || {
        let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = js_sys::Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
        write.call1(&clipboard, &text.into()).ok()?.dyn_into::<js_sys::Promise>().ok()
    };
    match copying() {
        Some(copying) => JsFuture::from(copying).await.is_ok(),
        None => false,
    }
}

/// The clipboard of an event of copying or pasting.
fn clipboard(event: &web_sys::Event) -> Option<JsValue> {
    js_sys::Reflect::get(event, &"clipboardData".into()).ok().filter(|data| data.is_object())
}

/// Calls a function of a clipboard.
fn call(clipboard: &JsValue, name: &str, arguments: &[&str]) -> Option<JsValue> {
    let function = js_sys::Reflect::get(clipboard, &name.into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    let arguments: js_sys::Array = arguments.iter().map(|argument| JsValue::from(*argument)).collect();
    function.apply(clipboard, &arguments).ok()
}

/// Puts texts of these kinds in the clipboard of an event.
pub fn write_clipboard(event: &web_sys::Event, texts: &[(&str, String)]) {
    let Some(data) = clipboard(event) else { return };
    for (kind, text) in texts {
        call(&data, "setData", &[kind, text]);
    }
}

/// The cells in the clipboard of an event: those of its text, or of a table of its HTML when the text is not one.
pub fn read_clipboard(event: &web_sys::Event) -> Option<Vec<Vec<String>>> {
    let data = clipboard(event)?;
    let read = |kind| call(&data, "getData", &[kind]).and_then(|text| text.as_string()).filter(|text| !text.is_empty());
    let text = read("text/plain");
    if text.as_ref().is_none_or(|text| !text.contains('\t'))
        && let Some(cells) = read("text/html").and_then(|html| table_cells(&html))
    {
        return Some(cells);
    }
    text.map(|text| crate::grid::clipboard::parse(&text))
}

/// The cells of the first table of a document; nothing when it holds none.
fn table_cells(html: &str) -> Option<Vec<Vec<String>>> {
    // A document that is only parsed runs nothing and fetches nothing.
    let parsed = web_sys::DomParser::new().ok()?.parse_from_string(html, web_sys::SupportedType::TextHtml).ok()?;
    let elements = |list: web_sys::NodeList| (0..list.length()).filter_map(move |place| list.item(place));
    let rows = parsed.query_selector("table").ok()??.query_selector_all("tr").ok()?;
    let cells = elements(rows).filter_map(|row| {
        let cells = row.dyn_into::<web_sys::Element>().ok()?.query_selector_all("td, th").ok()?;
        Some(elements(cells).map(|cell| cell.text_content().unwrap_or_default().trim().to_owned()).collect::<Vec<_>>())
    });
    let cells: Vec<Vec<String>> = cells.filter(|row| !row.is_empty()).collect();
    (!cells.is_empty()).then_some(cells)
}

/// Scrolls to the top of the page.
pub fn scroll_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

#[cfg(test)]
mod tests {
    use super::format_uuid;

    #[test]
    fn uuid_has_version_and_variant() {
        assert_eq!(format_uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(format_uuid([0; 16]), "00000000-0000-4000-8000-000000000000");
    }
}
