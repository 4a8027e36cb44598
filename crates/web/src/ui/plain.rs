//! Plain elements, buttons and forms, of one type each: a screen made of them costs hundreds of bytes where the same
//! in `view!` costs kilobytes, for every shape of view compiles the whole machinery again.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::prelude::*;
use leptos::{ev, html, web_sys};

use super::{Button, ButtonKind, Dialog, PageTitle, Skeleton, TextField};
use crate::reactive::submit;
use crate::text::connexion;

/// An element of this tag and class. With an `id`, it may take the focus.
#[inline(never)]
pub fn element(tag: &'static str, class: &'static str, id: Option<&'static str>, content: Vec<AnyView>) -> AnyView {
    html::custom(tag)
        .attr("class", Some(class).filter(|class| !class.is_empty()))
        .attr("id", id)
        .attr("tabindex", id.map(|_| "-1"))
        .child(content)
        .into_any()
}

/// An element with attributes and listeners, given one by one.
pub struct Tag {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
}

impl Tag {
    /// An element of this tag and class.
    #[inline(never)]
    pub fn new(tag: &'static str, class: &'static str) -> Self {
        let bare = Self { tag, attributes: Vec::new() };
        if class.is_empty() { bare } else { bare.with("class", class.to_owned()) }
    }

    /// With this attribute.
    #[inline(never)]
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// With an attribute that follows a signal, and is there only while it has a value.
    #[inline(never)]
    #[must_use]
    pub fn live(mut self, name: &'static str, value: Signal<Option<String>>) -> Self {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// With this listener.
    #[inline(never)]
    #[must_use]
    pub fn on(mut self, event: &'static str, act: Box<dyn FnMut(web_sys::Event)>) -> Self {
        self.attributes.push(ev::on(ev::Custom::<web_sys::Event>::new(event), act).into_any_attr());
        self
    }

    /// The element around this.
    #[inline(never)]
    pub fn around(self, content: Vec<AnyView>) -> AnyView {
        html::custom(self.tag).add_any_attr(self.attributes).child(content).into_any()
    }
}

/// Several things one after the other.
#[inline(never)]
pub fn several(content: Vec<AnyView>) -> AnyView {
    content.into_any()
}

/// Nothing.
#[inline(never)]
pub fn nothing() -> AnyView {
    ().into_any()
}

/// A small button; `name` is read out instead of the words when those are too short out of their context.
#[inline(never)]
pub fn small_button(
    kind: ButtonKind,
    content: AnyView,
    name: Option<String>,
    busy: Option<RwSignal<bool>>,
    act: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    let act = move |event: web_sys::Event| match busy.is_some_and(|busy| busy.get_untracked()) {
        true => event.prevent_default(),
        false => act(),
    };
    let waiting = Signal::derive(move || busy.filter(|busy| busy.get()).map(|_| "true".to_owned()));
    let bare = Tag::new("button", kind.class(true)).with("type", "button".to_owned());
    let named = match name {
        Some(name) => bare.with("aria-label", name),
        None => bare,
    };
    named.live("aria-busy", waiting).live("aria-disabled", waiting).on("click", Box::new(act)).around(vec![content])
}

/// A dialog that draws what it holds each time it opens.
#[inline(never)]
pub fn dialog(
    id: &'static str,
    title: &'static str,
    open: RwSignal<bool>,
    content: Box<dyn Fn() -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <Dialog id title open>{content()}</Dialog> }.into_any()
}

/// A button among others above a table, and the dialog that it opens once `prepare` is done.
#[inline(never)]
pub fn dialog_button(
    text: AnyView,
    (id, title): (&'static str, &'static str),
    open: RwSignal<bool>,
    prepare: Box<dyn Fn() + Send + Sync>,
    content: Box<dyn Fn() -> AnyView + Send + Sync>,
) -> AnyView {
    let act = Box::new(move || {
        prepare();
        open.set(true);
    });
    several(vec![small_button(ButtonKind::Tertiary, text, None, None, act), dialog(id, title, open, content)])
}

/// Words.
pub fn words(text: impl Into<String>) -> AnyView {
    drawn(text.into())
}

#[inline(never)]
fn drawn(text: String) -> AnyView {
    text.into_any()
}

/// The title of a screen.
#[inline(never)]
pub fn title(text: &'static str) -> AnyView {
    view! { <PageTitle title=text /> }.into_any()
}

/// What stands in for content that is being loaded.
#[inline(never)]
pub fn waiting() -> AnyView {
    view! { <Skeleton /> }.into_any()
}

/// A link; `external`: the address is not a screen of the app.
#[inline(never)]
pub fn link(class: &'static str, href: String, text: &'static str, external: bool) -> AnyView {
    view! { <a class=class href=href rel=external.then_some("external")>{text}</a> }.into_any()
}

/// A heading of this level.
pub fn heading(tag: &'static str, class: &'static str, text: impl Into<String>) -> AnyView {
    element(tag, class, None, vec![words(text)])
}

/// A paragraph of this class.
pub fn paragraph(class: &'static str, text: impl Into<String>) -> AnyView {
    element("p", class, None, vec![words(text)])
}

/// A list of lines.
#[inline(never)]
pub fn list(class: &'static str, lines: Vec<AnyView>) -> AnyView {
    let lines = lines.into_iter().map(|line| element("li", "", None, vec![line])).collect();
    element("ul", class, None, lines)
}

/// Something that is shown on demand.
#[inline(never)]
pub fn folded(class: &'static str, summary: &'static str, content: Vec<AnyView>) -> AnyView {
    let summary = element("summary", "", None, vec![words(summary)]);
    element("details", class, None, std::iter::once(summary).chain(content).collect())
}

/// A button; `name` is read out instead of the words when those are too short out of their context.
pub fn button(
    kind: ButtonKind,
    text: impl Into<String>,
    name: Option<String>,
    busy: RwSignal<bool>,
    act: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    erased_button(kind, text.into(), name, busy, act)
}

#[inline(never)]
fn erased_button(
    kind: ButtonKind,
    text: String,
    name: Option<String>,
    busy: RwSignal<bool>,
    act: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    let small = kind == ButtonKind::Tertiary;
    let on_click = Callback::new(move |_: MouseEvent| act());
    let name = name.unwrap_or_else(|| text.clone());
    view! { <Button kind small busy on_click aria_label=name>{text}</Button> }.into_any()
}

/// A field of a form.
pub struct Field {
    /// Identifier, unique on the page.
    pub id: &'static str,
    /// Words above it.
    pub label: &'static str,
    /// Format expected, or why it is asked; may be empty.
    pub hint: &'static str,
    /// What kind of answer.
    pub kind: FieldKind,
    /// What is typed.
    pub value: RwSignal<String>,
}

/// What kind of answer a field takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A text that must be given.
    Text,
    /// A longer text that must be given.
    Long,
    /// One's own name.
    Name,
    /// One's own address.
    Email,
    /// A text that may be left empty.
    Optional,
    /// A day, which may be left empty.
    Day,
    /// A one-time code.
    Code,
}

impl Field {
    /// A field that is empty.
    pub fn new(kind: FieldKind, id: &'static str, label: &'static str, hint: &'static str) -> Self {
        Self { id, label, hint, kind, value: RwSignal::new(String::new()) }
    }

    /// A one-time code.
    pub fn code(id: &'static str, label: &'static str) -> Self {
        Self::new(FieldKind::Code, id, label, connexion::CODE_AIDE)
    }

    /// The field on the page.
    #[inline(never)]
    pub fn draw(self, error: Signal<Option<String>>) -> AnyView {
        let code = self.kind == FieldKind::Code;
        let required = !matches!(self.kind, FieldKind::Optional | FieldKind::Day);
        let kind = match self.kind {
            FieldKind::Day => "date",
            FieldKind::Email => "email",
            _ => "text",
        };
        let autocomplete = match self.kind {
            FieldKind::Code => "one-time-code",
            FieldKind::Name => "name",
            FieldKind::Email => "email",
            _ => "off",
        };
        let inputmode = if code { "numeric" } else { "text" };
        let long = matches!(self.kind, FieldKind::Long | FieldKind::Name | FieldKind::Email);
        let maxlength = if long { 250 } else { 50 };
        let (id, label, hint, value) = (self.id, self.label, self.hint, self.value);
        view! { <TextField id label hint value kind autocomplete inputmode maxlength required error /> }.into_any()
    }
}

/// A form: what it holds, and what sending it does.
#[inline(never)]
pub fn form(class: &'static str, content: Vec<AnyView>, mut send: Box<dyn FnMut()>) -> AnyView {
    let listener = submit(move |event: SubmitEvent| {
        event.prevent_default();
        send();
    });
    view! { <form class=class novalidate on:submit=listener>{content}</form> }.into_any()
}

/// The button of a search. It never waits: what is asked for during a reading is read afterwards.
#[inline(never)]
pub fn search_button(text: &'static str) -> AnyView {
    view! { <Button submit=true>{text}</Button> }.into_any()
}

/// The button that sends a form.
#[inline(never)]
pub fn send_button(text: &'static str, busy: RwSignal<bool>) -> AnyView {
    view! { <Button submit=true busy>{text}</Button> }.into_any()
}
