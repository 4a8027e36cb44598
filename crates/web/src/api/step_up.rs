//! A request refused for want of a recent code: the person is asked for one, and the request is sent again as it was. The
//! screen that sent it knows nothing of this, and keeps all that was typed.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static ON_REQUIRED: RefCell<Option<Rc<dyn Fn()>>> = const { RefCell::new(None) };
    /// What the requests that wait for a code are told by.
    static WAITING: RefCell<Vec<js_sys::Function>> = const { RefCell::new(Vec::new()) };
}

/// Registers what asks for a code; it ends with [`settle`].
pub fn on_required(ask: impl Fn() + 'static) {
    ON_REQUIRED.with(|slot| *slot.borrow_mut() = Some(Rc::new(ask)));
}

/// Asks for a code, and waits until it is given or refused to.
pub(super) async fn given() -> bool {
    let ask = ON_REQUIRED.with(|slot| slot.borrow().clone());
    let Some(ask) = ask else { return false };
    let answered = js_sys::Promise::new(&mut |resolve, _reject| WAITING.with(|list| list.borrow_mut().push(resolve)));
    ask();
    JsFuture::from(answered).await.is_ok_and(|given| given.is_truthy())
}

/// Tells the requests that wait whether a code was given.
pub fn settle(given: bool) {
    for resolve in WAITING.with(RefCell::take) {
        // Resolving a promise cannot fail.
        let _told = resolve.call1(&JsValue::NULL, &given.into());
    }
}
