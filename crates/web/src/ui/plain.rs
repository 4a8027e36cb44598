//! Plain elements, buttons and forms, of one type each: a screen made of them costs hundreds of bytes where the same
//! in `view!` costs kilobytes, for every shape of view compiles the whole machinery again.

use leptos::ev::{MouseEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;

use super::{Button, ButtonKind, PageTitle, Skeleton, TextField};
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
#[inline(never)]
pub fn button(
    kind: ButtonKind,
    text: &'static str,
    name: Option<String>,
    busy: RwSignal<bool>,
    act: Box<dyn Fn() + Send + Sync>,
) -> AnyView {
    let small = kind == ButtonKind::Tertiary;
    let on_click = Callback::new(move |_: MouseEvent| act());
    let name = name.unwrap_or_else(|| text.to_owned());
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
