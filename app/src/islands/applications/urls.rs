//! Island: the redirect URI rows. Adds and removes rows, and validates an address when it was
//! typed.

use super::render;
use crate::browser;
use crate::views::applications::{ROWS, UrlLabels, field_id, url_row};
use crate::views::{ToView, View};
use leptos::ev::{Event, MouseEvent};
use leptos::prelude::*;
use std::time::Duration;

/// A row that the island renders: its initial value and error.
#[derive(Clone, PartialEq, Eq)]
struct Row {
    key: usize,
    url: String,
    error: String,
}

#[derive(Clone, Copy)]
struct Rows {
    labels: StoredValue<UrlLabels>,
    /// The rows, after the first change; until then the server's HTML is shown.
    list: RwSignal<Vec<Row>>,
    /// The key of the next row.
    next: StoredValue<usize>,
}

/// Wraps the rows. Without the island the buttons submit the form, and the server changes the rows.
#[island]
pub fn UrlRowsIsland(words: UrlLabels, children: Children) -> impl IntoView {
    let rows = Rows { labels: StoredValue::new(words), list: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
    view! { <div on:click=move |event| rows.pressed(&event) on:change=move |event| rows.typed(&event)>{children()}</div> }
}

impl Rows {
    fn pressed(self, event: &MouseEvent) {
        let Some(intent) = browser::button_value(event) else { return };
        let number = intent.strip_prefix("remove:").and_then(|number| number.parse::<usize>().ok());
        match (intent.as_str(), number) {
            ("add", _) => self.add(),
            (_, Some(number)) => self.remove(number),
            _ => return,
        }
        event.prevent_default();
    }

    fn add(self) {
        self.take_over();
        let row = self.row(String::new(), String::new());
        self.list.update(|list| list.push(row));
        self.focus(self.list.with_untracked(Vec::len));
    }

    /// Removes a row; the last one is emptied instead.
    fn remove(self, number: usize) {
        self.take_over();
        if self.list.with_untracked(Vec::len) > 1 {
            self.list.update(|list| {
                list.remove(number.saturating_sub(1).min(list.len() - 1));
            });
        } else {
            browser::set_value(&field_id(1), "");
            browser::set_field_error(&field_id(1), "");
        }
        self.focus(number.min(self.list.with_untracked(Vec::len)));
    }

    fn focus(self, number: usize) {
        browser::next_tick(move || browser::focus(&field_id(number)));
    }

    fn row(self, url: String, error: String) -> Row {
        let key = self.next.get_value();
        self.next.set_value(key + 1);
        Row { key, url, error }
    }

    /// Renders the rows from now on, starting from the server's values.
    fn take_over(self) {
        if self.next.get_value() > 0 {
            return;
        }
        let error = |number: usize| browser::element_text(&[&field_id(number), "-error"].concat());
        let found = browser::values("redirect_uri").into_iter().zip(1..).map(|(url, number)| (url, error(number)));
        let rows = found.map(|(url, error)| self.row(url, error)).collect();
        self.list.set(rows);
        let each = move || self.list.get();
        render(ROWS, move || view! { <For each=each key=|row| row.key children=move |row| self.view(row)/> }.view());
    }

    fn view(self, row: Row) -> View {
        let Row { key, url, error } = row;
        let place = move |list: &Vec<Row>| list.iter().position(|row| row.key == key);
        let number = Signal::derive(move || self.list.with(place).map_or(0, |place| place + 1));
        url_row(number, url, error, self.labels)
    }

    fn typed(self, event: &Event) {
        let Some((field, _)) = browser::field_of_event(event).filter(|(id, _)| id.starts_with("redirect_uri_")) else {
            return;
        };
        // Delayed: an error that appears during a click would move the button from under the
        // pointer.
        set_timeout(move || self.check(&field), Duration::from_millis(250));
    }

    /// Validates an address, unless a button is being pressed: the error would move it and the
    /// click would be lost. The server validates anyway.
    fn check(self, field: &str) {
        if browser::is_button_active() {
            return;
        }
        let typed = browser::value(field);
        browser::set_value(field, typed.trim());
        browser::set_field_error(field, &self.labels.with_value(|labels| labels.error_of(typed.trim())));
    }
}
