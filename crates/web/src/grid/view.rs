//! Draws the table: a header, the rows in sight, and one tab stop that the arrow keys move (ARIA grid pattern).

use leptos::prelude::*;
use leptos::web_sys;
use wasm_bindgen::JsCast;

use super::editor::editor;
use super::keys::Place;
use super::layout::{Density, Layout, stretch};
use super::model::{Column, Direction, Input};
use super::pen::Lane;
use super::rows::Drawn;
use super::saving::Edits;
use super::scrolling::follow_size;
use super::select::Pasted;
use super::shared::{BLANKS, Shared};
use super::span::{Sight, Span};
use super::store::GridStore;
use super::window::{Geometry, ROW_HEIGHT};
use crate::reactive::{State as Kept, click, computed, effect};
use crate::ui::dynamic::words;
use crate::ui::use_announcer;

/// Gives the keyboard focus back to the table of this id, where it was, once a dialog that closes has given the focus back to the
/// button that opened it.
pub fn focus_later(id: &'static str) {
    focus_soon(id, false);
}

/// The same once the table is drawn another way: the rows in sight stay, even when what has the focus is no longer among them.
pub fn focus_in_place_later(id: &'static str) {
    focus_soon(id, true);
}

fn focus_soon(id: &'static str, in_place: bool) {
    let focus = move || {
        let found = document().query_selector(&format!("#{id}[tabindex='0'], #{id} [tabindex='0']")).ok().flatten();
        if let Some(element) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(in_place);
            // A browser refuses to focus what is not drawn: nothing else can be done then.
            let _ = element.focus_with_options(&options);
        }
    };
    set_timeout(focus, std::time::Duration::from_millis(30));
}

/// A table of any number of rows. `id` is unique in the page; `label` says what it holds; `current` is the key of the
/// row shown beside it.
#[component]
pub fn Grid(
    /// Unique in the page.
    id: &'static str,
    /// What the table holds, for screen readers.
    label: &'static str,
    /// Its rows.
    store: GridStore,
    /// Its columns, in order.
    #[prop(into)]
    columns: Signal<Vec<Column>>,
    /// Key of the row shown beside the table.
    #[prop(into)]
    current: Signal<Option<String>>,
    /// Called with the identifier of a column whose header is activated, and whether it sorts after the others (Shift); without it
    /// the rows keep their order.
    #[prop(optional)]
    on_sort: Option<Callback<(String, bool)>>,
    /// Called with the key of a row that is opened.
    on_open: Callback<String>,
    /// What is typed in its cells; without it they do not change.
    #[prop(optional)]
    edits: Option<Edits>,
    /// Called with cells that are pasted.
    #[prop(optional)]
    on_paste: Option<Callback<Pasted>>,
    /// What a person changes of the layout.
    #[prop(optional)]
    layout: Option<Layout>,
    /// Whether every row is drawn, in sight or not: to measure what that costs.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    let shared = share(id, store, columns, (current, on_open), (edits, on_paste, layout), whole);
    let height = attribute(move || pixels(shared.size.get().height()));
    follow(shared);
    draw(shared);
    view! {
        <div class="grille__cadre">
        <div
            class=attribute(move || shared.density().class().to_owned())
            id=id
            role="grid"
            node_ref=shared.node
            aria-label=label
            aria-rowcount=attribute(move || row_count(store))
            aria-colcount=attribute(move || columns.with(Vec::len).to_string())
            aria-busy=attribute(move || store.busy().get().to_string())
            aria-multiselectable="true"
            aria-readonly=edits.is_none().then_some("true")
            tabindex=attribute(move || if shared.is_drawn(shared.active.get()) { "-1".to_owned() } else { "0".to_owned() })
            on:scroll=move |_| shared.on_scroll()
            on:keydown=move |event| shared.on_key(&event)
            on:focusin=move |event| shared.on_focus(&event)
            on:click=click(move |event| shared.on_click(&event))
            on:mousedown=click(move |event| shared.on_press(&event))
            on:mouseover=click(move |event| shared.on_drag(&event))
            on:dblclick=click(move |event| shared.on_double_click(&event))
            on:copy=move |event| shared.on_copy(&event)
            on:paste=move |event| shared.on_paste(&event)
        >
            <div class="grille__table" style:width=attribute(move || columns.with(|columns| total_width(columns)))>
                {header(shared, on_sort)}
                <div role="rowgroup" class="grille__corps" style:height=height>
                    <div
                        class="grille__fenetre"
                        role="presentation"
                        node_ref=shared.body
                        style:transform=attribute(move || format!("translateY({})", pixels(shared.window.get().offset)))
                    >
                    </div>
                </div>
            </div>
        </div>
            {editor(shared)}
        </div>
    }
    .into_any()
}

/// What the parts of a new table share.
fn share(
    id: &'static str,
    store: GridStore,
    columns: Signal<Vec<Column>>,
    (current, on_open): (Signal<Option<String>>, Callback<String>),
    (edits, on_paste, layout): (Option<Edits>, Option<Callback<Pasted>>, Option<Layout>),
    whole: bool,
) -> Shared {
    let (scroll, viewport) = (RwSignal::new(0.0), RwSignal::new(600.0));
    let row = move || layout.map_or(ROW_HEIGHT, |layout| layout.density.get().height());
    let total = move || store.total().get().unwrap_or(BLANKS);
    let size = computed(move || Geometry { total: total(), row: row(), viewport: viewport.get() });
    let window = computed(move || if whole { size.get().whole() } else { size.get().window(scroll.get()) });
    store.show_in(window);
    let active = RwSignal::new(Place::default());
    let sight = Kept::new(Sight::default());
    let cards = move || layout.is_some_and(|layout| matches!(layout.density.get(), Density::Cards { .. }));
    let span = computed(move || {
        // The first column is always drawn: it stands for a group.
        let (widths, kept) = columns.with(|columns| (widths(columns), stuck(columns).max(1)));
        if whole || cards() { Span::whole(kept, widths.len()) } else { sight.read().span(&widths, kept) }
    });
    Shared {
        id,
        store,
        columns,
        current,
        on_open,
        node: NodeRef::new(),
        body: NodeRef::new(),
        drawn: StoredValue::new_local(Drawn::default()),
        active,
        scroll,
        viewport,
        size,
        window,
        sight,
        span,
        edits,
        on_paste,
        range: edits.map_or_else(|| Kept::new(None), |edits| edits.range),
        typing: Kept::new(None),
        text: RwSignal::new(String::new()),
        frame: Kept::new([0.0; 3]),
        announcer: use_announcer(),
        layout,
    }
}

/// Measures, tells the store what is in sight, and goes back to the top when another list is shown.
fn follow(shared: Shared) {
    follow_size(shared);
    effect(move || {
        shared.window.read();
        shared.store.moved();
    });
    effect(move || {
        shared.range.with(|_| ());
        request_animation_frame(move || shared.paint());
    });
    Effect::new(move |before: Option<Geometry>| {
        let size = shared.size.get();
        if let Some(times) = before.and_then(|before| stretch(before, size)) {
            request_animation_frame(move || shared.keep_rows(times));
        }
        size
    });
    Effect::new(move |before: Option<u64>| {
        let now = shared.store.restarts().get();
        if before.is_some_and(|before| before != now) {
            if let Some(node) = shared.node.get_untracked() {
                node.set_scroll_top(0);
            }
            shared.scroll.set(0.0);
            shared.range.set(None);
            let at = shared.active.get_untracked();
            if at.row > 1 {
                shared.activate(Place { row: 1, col: at.col });
            }
        }
        now
    });
}

/// Rows and headings, the header included, once they are counted.
fn row_count(store: GridStore) -> String {
    let total = store.total().get().filter(|_| store.counted().get().is_some());
    total.map_or_else(|| "-1".to_owned(), |total| (total + 1).to_string())
}

/// A signal of text: attributes of one type weigh less in the WASM.
fn attribute(write: impl Fn() -> String + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(write)
}

/// Whole pixels: writing a floating-point number drags its whole formatting into the WASM.
#[expect(clippy::cast_possible_truncation, reason = "heights are far below 2^63 pixels")]
pub(super) fn pixels(length: f64) -> String {
    format!("{}px", length as i64)
}

/// A width in tenths of `rem`.
pub(super) fn tenths(width: u32) -> String {
    format!("calc({width}rem / 10)")
}

fn total_width(columns: &[Column]) -> String {
    tenths(columns.iter().map(|column| column.width).sum())
}

/// The width of each column.
pub(super) fn widths(columns: &[Column]) -> Vec<u32> {
    columns.iter().map(|column| column.width).collect()
}

/// How many columns stay in sight.
pub(super) fn stuck(columns: &[Column]) -> usize {
    columns.iter().take_while(|column| column.sticky).count()
}

/// Identity of a column for drawing: all but its sort, so that sorting redraws no row.
type Frame = (String, u32, bool);

fn frames(columns: &[Column]) -> Vec<Frame> {
    columns.iter().map(|column| (column.id.clone(), column.width, column.sticky)).collect()
}

/// Width, distance from the left edge when it sticks, and class of each column.
fn places(frames: &[Frame]) -> Vec<(String, Option<String>, &'static str)> {
    let mut left = 0;
    let mut places = Vec::with_capacity(frames.len());
    for (index, (_, width, sticky)) in frames.iter().enumerate() {
        let stuck = sticky.then(|| tenths(left));
        let class = match (sticky, index) {
            (true, 0) => "grille__cellule grille__cellule--figee",
            (true, _) => "grille__cellule grille__cellule--figee grille__cellule--figee-large",
            _ => "grille__cellule",
        };
        places.push((tenths(*width), stuck, class));
        left += width;
    }
    places
}

fn header(shared: Shared, on_sort: Option<Callback<(String, bool)>>) -> AnyView {
    let frame = computed(move || shared.columns.with(|columns| frames(columns)));
    let cells = move || {
        let frames = frame.get();
        let places = places(&frames);
        let labels =
            shared.columns.with_untracked(|columns| columns.iter().map(|c| c.label.clone()).collect::<Vec<_>>());
        let cells = frames.into_iter().zip(places).zip(labels).enumerate();
        cells
            .map(|(col, (((id, ..), (width, left, class)), label))| {
                let sorted = move |columns: &Vec<Column>| columns.get(col).map(|column| (column.sort, column.rank));
                let sort = computed(move || shared.columns.with(sorted).unwrap_or_default());
                let place = Place { row: 0, col };
                let tab = if shared.active.get_untracked() == place { "0" } else { "-1" };
                view! {
                    <div
                        role="columnheader"
                        class=class
                        style:width=width
                        style:left=left
                        aria-colindex=(col + 1).to_string()
                        aria-sort=move || sort.get().0.map(sort_name)
                    >
                        <button
                            type="button"
                            class="grille__tri"
                            id=shared.header_id(col)
                            tabindex=tab
                            on:focus=move |_| shared.activate(place)
                            on:click=click(move |event| {
                                if let Some(on_sort) = on_sort {
                                    on_sort.run((id.clone(), event.shift_key()));
                                }
                            })
                        >
                            <span class="grille__libelle">{label}</span>
                            <span class="grille__sens" aria-hidden="true">{words(move || if on_sort.is_some() { sort_sign(sort.get()) } else { String::new() })}</span>
                        </button>
                        {shared.layout.map(|_| view! { <span class="grille__bord" aria-hidden="true"></span> }.into_any())}
                    </div>
                }
            })
            .collect_view()
    };
    view! {
        <div role="rowgroup" class="grille__entete">
            <div role="row" class="grille__ligne grille__ligne--entete" aria-rowindex="1">{cells}</div>
        </div>
    }
    .into_any()
}

const fn sort_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Ascending => "ascending",
        Direction::Descending => "descending",
    }
}

fn sort_sign((direction, rank): (Option<Direction>, usize)) -> String {
    let sign = match direction {
        Some(Direction::Ascending) => "▲",
        Some(Direction::Descending) => "▼",
        None => "↕",
    };
    if rank == 0 { sign.to_owned() } else { format!("{sign}{rank}") }
}

/// What the cells of each column have in common (tracked).
fn lanes(shared: Shared) -> Vec<Lane> {
    let cards = matches!(shared.density(), Density::Cards { .. });
    shared.columns.with(|columns| {
        let places = places(&frames(columns)).into_iter();
        let lane = |(column, (width, left, class)): (&Column, (String, Option<String>, _))| Lane {
            id: column.id.clone(),
            label: cards.then(|| column.label.clone()),
            style: std::iter::once(("width", width)).chain(left.map(|left| ("left", left))).collect(),
            class,
            locked: shared.edits.is_some() && matches!(column.input, Input::Locked(_)),
        };
        columns.iter().zip(places).map(lane).collect()
    })
}

/// Keeps the rows in sight as the columns, the place and what is typed say, and marks the one shown beside the table.
fn draw(shared: Shared) {
    let lanes = computed(move || lanes(shared));
    effect(move || shared.draw_rows(&lanes.read()));
    Effect::new(move |before: Option<bool>| {
        let current = shared.current.get();
        shared.mark_current(current.as_deref());
        if before == Some(true) && current.is_none() {
            shared.come_back();
        }
        current.is_some()
    });
    effect(move || shared.mark_beside());
}
