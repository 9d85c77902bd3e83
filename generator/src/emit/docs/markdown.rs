//! Markdown of a document as Markdown that rustdoc takes for prose.
//!
//! A description is parsed as [CommonMark](https://spec.commonmark.org/0.31.2/) with the tables and the
//! strikethrough of GitHub, and written again: so links of several words, tables and lists stay what they are,
//! and what is no link, tag or example cannot be taken for one.

use std::mem;

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, TextMergeStream,
};

use crate::emit::docs::html;
use crate::emit::docs::room::Room;
use crate::emit::docs::words;

/// How deep lists and quotations are written within each other; deeper ones are written flat.
const DEEPEST: usize = 8;

/// A space at which no line is broken.
pub(in crate::emit) const NO_BREAK: char = '\u{e001}';

/// Returns Markdown that rustdoc takes for prose.
pub(in crate::emit) fn prose(text: &str, room: Room) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let text = html::to_markdown(&words::plain(text), options);
    let mut writer = Writer {
        events: TextMergeStream::new(Parser::new_ext(&text, options)),
        depth: 0,
        taken: room.taken,
    };
    let blocks = writer.blocks(room.width);
    let lines = blocks.join(true);
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

/// Returns the first paragraph or heading of a text as one line that can stand in the cell of a table.
pub(in crate::emit) fn cell(text: &str) -> String {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let text = html::to_markdown(&words::plain(text), options);
    let mut inline = Inline::default();
    for event in TextMergeStream::new(Parser::new_ext(&text, options)) {
        match event {
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell)
            | Event::Start(Tag::CodeBlock(_)) => break,
            other => inline.event(other, true),
        }
    }
    inline.take(usize::MAX, 0).join(" ")
}

/// Blocks that stand below each other, each as its lines.
#[derive(Default)]
struct Blocks {
    blocks: Vec<Vec<String>>,
    /// Whether they are paragraphs of their own, and not the text of a list's item.
    is_loose: bool,
}

impl Blocks {
    fn push(&mut self, lines: Vec<String>) {
        if !lines.is_empty() {
            self.blocks.push(lines);
        }
    }

    /// Returns the lines, with an empty one between blocks where they are `loose`.
    fn join(self, loose: bool) -> Vec<String> {
        let mut lines = Vec::new();
        for block in self.blocks {
            if loose && !lines.is_empty() {
                lines.push(String::new());
            }
            lines.extend(block);
        }
        lines
    }
}

struct Writer<'text> {
    events: TextMergeStream<'text, Parser<'text>>,
    depth: usize,
    /// The columns of the first line that other text has.
    taken: usize,
}

impl Writer<'_> {
    /// Takes the lines of a paragraph.
    fn paragraph(&mut self, inline: &mut Inline, width: usize) -> Vec<String> {
        let taken = if inline.text.is_empty() {
            0
        } else {
            mem::take(&mut self.taken)
        };
        inline.take(width, taken)
    }

    /// Writes blocks up to the end of what holds them.
    fn blocks(&mut self, width: usize) -> Blocks {
        let mut blocks = Blocks::default();
        let mut flat: usize = 0;
        let mut inline = Inline::default();
        self.depth += 1;
        while let Some(event) = self.events.next() {
            let is_block = matches!(&event, Event::Start(tag) if is_block(tag));
            if is_block || matches!(event, Event::Rule) {
                blocks.push(self.paragraph(&mut inline, width));
                // Behind what stands in the first line there is only a paragraph.
                if !matches!(event, Event::Start(Tag::Paragraph)) {
                    self.taken = 0;
                }
            }
            match event {
                Event::Start(Tag::Paragraph) => blocks.is_loose = true,
                Event::End(TagEnd::Paragraph) => blocks.push(self.paragraph(&mut inline, width)),
                Event::Start(Tag::Heading { level, .. }) => inline.start_heading(level as usize),
                Event::End(TagEnd::Heading(_)) => blocks.push(inline.take(usize::MAX, 0)),
                Event::Start(Tag::CodeBlock(kind)) => blocks.push(self.code_block(&kind)),
                Event::Start(Tag::Table(alignments)) => blocks.push(self.table(&alignments)),
                Event::Rule => blocks.push(vec!["---".to_owned()]),
                Event::Start(Tag::BlockQuote(_) | Tag::List(_) | Tag::Item) if self.depth > DEEPEST => flat += 1,
                Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item) if flat > 0 => {
                    blocks.push(self.paragraph(&mut inline, width));
                    flat -= 1;
                }
                Event::Start(Tag::BlockQuote(_)) => {
                    let inner = self.blocks(width.saturating_sub(2)).join(true);
                    blocks.push(inner.iter().map(|line| format!("> {line}")).collect());
                }
                Event::Start(Tag::List(first)) => blocks.push(self.list(first, width)),
                Event::End(TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_)) => break,
                Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
                other => inline.event(other, false),
            }
        }
        self.depth -= 1;
        blocks.push(self.paragraph(&mut inline, width));
        blocks
    }

    fn list(&mut self, first: Option<u64>, width: usize) -> Vec<String> {
        let mut number = first;
        let mut items = Blocks::default();
        let mut is_loose = false;
        while let Some(event) = self.events.next() {
            if !matches!(event, Event::Start(Tag::Item)) {
                break;
            }
            let marker = number.map_or_else(|| "- ".to_owned(), |number| format!("{number}. "));
            number = number.map(|number| number.saturating_add(1));
            let item = self.blocks(width.saturating_sub(marker.len()));
            is_loose |= item.is_loose;
            let loose = item.is_loose;
            let lines = item.join(loose);
            let indent = " ".repeat(marker.len());
            let lines = lines
                .iter()
                .enumerate()
                .map(|(index, line)| match (index, line.is_empty()) {
                    (0, _) => format!("{marker}{line}"),
                    (_, true) => String::new(),
                    (_, false) => format!("{indent}{line}"),
                });
            let lines: Vec<String> = lines.collect();
            items.push(if lines.is_empty() { vec![marker] } else { lines });
        }
        items.join(is_loose)
    }

    /// Writes code, which is never an example of Rust.
    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Vec<String> {
        let mut code = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let code = code.replace([html::BREAK, NO_BREAK], " ");
        if matches!(kind, CodeBlockKind::Indented) && code.trim().is_empty() {
            return Vec::new();
        }
        let fence = "`".repeat(longest_run(&code).max(2) + 1);
        let lines = code.trim_end().lines().map(str::to_owned);
        [format!("{fence}text")]
            .into_iter()
            .chain(lines)
            .chain([fence.clone()])
            .collect()
    }

    fn table(&mut self, alignments: &[Alignment]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut row: Vec<String> = Vec::new();
        let mut inline = Inline::default();
        for event in self.events.by_ref() {
            match event {
                Event::End(TagEnd::Table) => break,
                Event::Start(Tag::TableHead | Tag::TableRow | Tag::TableCell) => {}
                Event::End(TagEnd::TableCell) => row.push(inline.take(usize::MAX, 0).join(" ")),
                Event::End(end @ (TagEnd::TableHead | TagEnd::TableRow)) => {
                    lines.push(format!("| {} |", mem::take(&mut row).join(" | ")));
                    if end == TagEnd::TableHead {
                        let rules = alignments.iter().map(|alignment| match alignment {
                            Alignment::None => "---",
                            Alignment::Left => ":--",
                            Alignment::Center => ":-:",
                            Alignment::Right => "--:",
                        });
                        lines.push(format!("| {} |", rules.collect::<Vec<_>>().join(" | ")));
                    }
                }
                other => inline.event(other, true),
            }
        }
        lines
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::Table(_)
            | Tag::HtmlBlock
    )
}

/// The text of a paragraph or cell, while it is written.
#[derive(Default)]
struct Inline {
    text: String,
    heading: Option<usize>,
    links: Vec<Link>,
}

/// A link that is open: where its text starts, and where it leads.
struct Link {
    start: usize,
    address: String,
    title: String,
    is_automatic: bool,
}

impl Inline {
    fn start_heading(&mut self, level: usize) {
        self.heading = Some(level);
    }

    /// Returns the lines of what was written. Of the first one, `taken` columns have other text.
    fn take(&mut self, width: usize, taken: usize) -> Vec<String> {
        let text = mem::take(&mut self.text);
        self.links.clear();
        let mut lines = match self.heading.take() {
            None => words::wrap(&text, width, taken),
            Some(level) => {
                let line = words::wrap(&text.replace(html::BREAK, " "), usize::MAX, 0).join(" ");
                vec![format!("{} {line}", "#".repeat(level))]
            }
        };
        for line in &mut lines {
            *line = line.replace(NO_BREAK, " ");
        }
        lines
    }

    fn event(&mut self, event: Event<'_>, in_table: bool) {
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text_of(&text, in_table),
            Event::Code(code) => self.text.push_str(&code_span(&code, in_table)),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push(if in_table { ' ' } else { html::BREAK }),
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => self.text.push('*'),
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => self.text.push_str("**"),
            Event::Start(Tag::Strikethrough) | Event::End(TagEnd::Strikethrough) => self.text.push_str("~~"),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            }) => {
                let is_automatic = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.start_link(&dest_url, &title, is_automatic);
            }
            // An image would be fetched from elsewhere by everyone who reads the documentation.
            Event::Start(Tag::Image { dest_url, title, .. }) => self.start_link(&dest_url, &title, false),
            Event::End(TagEnd::Link | TagEnd::Image) => self.end_link(),
            _ => {}
        }
    }

    fn text_of(&mut self, text: &CowStr<'_>, in_table: bool) {
        let is_linked = !self.links.is_empty();
        let text = if in_table {
            text.replace(html::BREAK, " ")
        } else {
            text.to_string()
        };
        self.text.push_str(&words::escape(&text, is_linked, in_table));
    }

    fn start_link(&mut self, address: &str, title: &str, is_automatic: bool) {
        self.links.push(Link {
            start: self.text.len(),
            address: address.to_owned(),
            title: title.to_owned(),
            is_automatic,
        });
    }

    /// Ends a link. One whose address is not absolute is unresolved from here, so that only its text is left.
    fn end_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        // Links do not hold links; an image may stand in one.
        if !self.links.is_empty() {
            return;
        }
        let text = self.text.split_off(link.start);
        let address: String = link
            .address
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        let is_bare = link.is_automatic || text.trim().is_empty();
        let written = if address.contains(['<', '>', '`']) || !(words::is_absolute(&address) || link.is_automatic) {
            let is_place = !address.is_empty() && !address.starts_with('#') && !address.contains('`');
            if is_place && !text.contains(&address) {
                format!("{text} ({})", code_span(&address, false))
            } else {
                text
            }
        } else if is_bare {
            format!("<{address}>")
        } else {
            let address = if address.contains(['(', ')']) {
                format!("<{address}>")
            } else {
                address
            };
            let title = link.title.replace(['\n', '"', '\\'], " ");
            let title = title.trim().replace(' ', &NO_BREAK.to_string());
            if title.is_empty() {
                format!("[{text}]({address})")
            } else {
                format!("[{text}]({address}{NO_BREAK}\"{title}\")")
            }
        };
        self.text.push_str(&written);
    }
}

/// Returns text as code, in as many backticks as it takes.
pub(in crate::emit) fn code_span(code: &str, in_table: bool) -> String {
    let code = code.replace([' ', html::BREAK], &NO_BREAK.to_string());
    let code = if in_table { code.replace('|', "\\|") } else { code };
    let ticks = "`".repeat(longest_run(&code) + 1);
    let is_edged = code.starts_with('`') || code.ends_with('`');
    let edge = if is_edged { NO_BREAK.to_string() } else { String::new() };
    format!("{ticks}{edge}{code}{edge}{ticks}")
}

/// Returns how many backticks stand beside each other at most.
fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}
