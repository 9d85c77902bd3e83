//! HTML within descriptions, as Markdown.
//!
//! Elements that Markdown has a word for become that; of others only what stands in them is left.
//! What only looks like an element, such as `<id>`, is text.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

/// Elements that have no word in Markdown, and none that would be missed.
const STRIPPED: [&str; 38] = [
    "abbr", "article", "aside", "big", "body", "caption", "center", "col", "colgroup", "dd", "details", "div", "dl",
    "dt", "figure", "font", "footer", "header", "html", "img", "ins", "label", "main", "mark", "nav", "section",
    "small", "span", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements that start a paragraph, beside those that Markdown knows.
const BLOCKS: [&str; 22] = [
    "article", "aside", "caption", "center", "dd", "details", "div", "dl", "dt", "figure", "footer", "header", "main",
    "nav", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "p",
];

/// What stands for a line break, which no text has: a private-use character.
pub(in crate::emit) const BREAK: char = '\u{e000}';

/// Returns Markdown without HTML.
pub(in crate::emit) fn to_markdown(text: &str, options: Options) -> String {
    let is_html = |event: &Event<'_>| matches!(event, Event::Html(_) | Event::InlineHtml(_));
    let parser = Parser::new_ext(text, options).into_offset_iter();
    let ranges: Vec<Range<usize>> = parser
        .filter(|(event, _)| is_html(event))
        .map(|(_, range)| range)
        .collect();
    if ranges.is_empty() {
        return text.to_owned();
    }
    let mut converter = Converter {
        closed: closed_elements(text),
        links: Vec::new(),
        is_code: false,
        written: String::with_capacity(text.len()),
    };
    let mut end = 0;
    for range in ranges {
        if range.start >= end {
            converter.text(&text[end..range.start]);
            converter.html(&text[range.clone()]);
            end = range.end;
        }
    }
    converter.text(&text[end..]);
    converter.written
}

/// Returns the elements that are closed somewhere: a tag of two words that never is, is a placeholder.
fn closed_elements(text: &str) -> BTreeSet<String> {
    let ends = text.split("</").skip(1);
    let names = ends.map(|rest| name_of(rest).to_ascii_lowercase());
    names.collect()
}

fn name_of(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric());
    &text[..end.unwrap_or(text.len())]
}

struct Converter {
    closed: BTreeSet<String>,
    /// The addresses of links that are open; empty for one that is unresolved.
    links: Vec<String>,
    is_code: bool,
    written: String,
}

impl Converter {
    /// Writes text. In code of Markdown, entities mean themselves.
    fn text(&mut self, text: &str) {
        const ENTITIES: [(&str, &str); 5] = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&nbsp;", " "),
            ("&amp;", "&"),
        ];
        if self.is_code {
            let decoded = ENTITIES.iter().fold(text.to_owned(), |text, (entity, character)| {
                text.replace(entity, character)
            });
            self.written.push_str(&decoded);
        } else {
            self.written.push_str(text);
        }
    }

    /// Writes a fragment of HTML as Markdown; text that is not a tag is unchanged.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            self.text(&rest[..start]);
            rest = &rest[start..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
                continue;
            }
            let Some(end) = rest.find('>') else { break };
            let tag = &rest[1..end];
            let name = name_of(tag.trim_start_matches('/')).to_ascii_lowercase();
            if let Some(word) = self.markdown_of(&name, tag) {
                self.written.push_str(&word);
            } else {
                self.written.push_str("\\<");
                self.written.push_str(tag);
                self.written.push('>');
            }
            rest = &rest[end + 1..];
        }
        self.text(rest);
    }

    /// Returns what Markdown says in place of a tag; `None` where it is no tag that HTML has.
    fn markdown_of(&mut self, name: &str, tag: &str) -> Option<String> {
        let is_end = tag.starts_with('/');
        let is_lone = matches!(name, "br" | "hr" | "img" | "p" | "li" | "col") || is_end || tag.ends_with('/');
        if !is_lone && !self.closed.contains(name) {
            return None;
        }
        let word = match name {
            "br" => return Some(BREAK.to_string()),
            "hr" => "\n\n---\n\n",
            "b" | "strong" => "**",
            "i" | "em" => "*",
            "s" | "del" | "strike" => "~~",
            "code" | "tt" | "kbd" | "samp" | "var" => {
                self.is_code = !is_end;
                "`"
            }
            "u" | "wbr" | "nobr" => "",
            "a" if is_end => {
                let address = self.links.pop().unwrap_or_default();
                return Some(if address.is_empty() {
                    address
                } else {
                    format!("](<{address}>)")
                });
            }
            "a" => return Some(self.link(tag).to_owned()),
            "ul" | "ol" | "blockquote" => "\n\n",
            "li" if is_end => "",
            "li" => "\n- ",
            "pre" => {
                self.is_code = !is_end;
                if is_end { "\n```\n\n" } else { "\n\n```text\n" }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if is_end => "\n\n",
            "h1" | "h2" => "\n\n## ",
            "h3" => "\n\n### ",
            "h4" | "h5" | "h6" => "\n\n#### ",
            "td" | "th" if !is_end => " ",
            block if BLOCKS.contains(&block) => "\n\n",
            other if STRIPPED.contains(&other) => "",
            _ => return None,
        };
        Some(word.to_owned())
    }

    /// Returns what starts a link, and notes where it leads; one that is unresolved is text.
    fn link(&mut self, tag: &str) -> &'static str {
        let value = tag.split_once("href=").map(|(_, value)| value.trim_start());
        let quoted = |value: &str| {
            let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
            value[1..].split(quote).next().map(str::to_owned)
        };
        let plain = |value: &str| value.split_whitespace().next().map(str::to_owned);
        let address = value.and_then(|value| quoted(value).or_else(|| plain(value)));
        let address = address.filter(|address| !address.contains(['<', '>', '\n', '\\']));
        let is_link = address.as_ref().is_some_and(|address| !address.is_empty());
        self.links.push(address.unwrap_or_default());
        if is_link { "[" } else { "" }
    }
}
