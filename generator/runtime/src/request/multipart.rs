//! Multipart bodies: `multipart/form-data` and others ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578), [RFC 2046
//! §5.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1)).

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use http::HeaderValue;

use crate::runtime::client::error::RequestFault;
use crate::runtime::json::codec::{Encode, to_json};
use crate::runtime::json::encoded::Encoded;
use crate::runtime::json::map::Map;
use crate::runtime::json::reader::Reader;
use crate::runtime::json::value::Json;
use crate::runtime::request::body::Body;
use crate::runtime::request::encoding::{Encoding, Notation, Styled, texts};
use crate::runtime::request::payload::{Payload, fault};
use crate::runtime::request::style::Style;
use crate::runtime::request::upload::{Upload, unreadable};

/// The body of a part is not percent-encoded.
const NOTATION: Notation = Notation {
    escape: plain,
    signs: [",", " ", "|", "[", "]"],
};

fn plain(text: &str, _allow_reserved: bool) -> String {
    text.to_owned()
}

/// A builder of a multipart body.
#[derive(Debug)]
pub struct Multipart {
    media_type: &'static str,
    parts: Vec<Part>,
    /// The value to validate. Each file is `null`.
    value: Map<Encoded>,
    violations: Vec<RequestFault>,
    faults: Vec<RequestFault>,
}

#[derive(Debug)]
struct Part {
    name: String,
    file_name: Option<String>,
    media_type: Option<String>,
    headers: Vec<(&'static str, String)>,
    content: Upload,
}

/// A struct of the parts of a body.
pub trait Parts {
    /// Makes a body of the parts.
    fn payload(&self, media_type: &'static str) -> Payload;
}

impl Payload {
    /// Makes a body of a struct of parts.
    pub fn parts<T: Parts>(media_type: &'static str, parts: &T) -> Self {
        parts.payload(media_type)
    }

    /// Makes a body of the properties of `value`, each a part. Those without an entry in `encodings` have the default
    /// media types of their values.
    pub fn multipart<T: Encode + ?Sized>(media_type: &'static str, value: &T, encodings: &[(&str, Encoding)]) -> Self {
        Multipart::new(media_type).object(value, encodings).payload()
    }
}

impl Multipart {
    /// Starts a body of a media type without a `boundary`.
    #[must_use]
    pub fn new(media_type: &'static str) -> Self {
        Self {
            media_type,
            parts: Vec::new(),
            value: Map::new(),
            violations: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Adds the properties of `value`. Those without an entry in `encodings` have the default media types of their
    /// values.
    #[must_use]
    pub fn object<T: Encode + ?Sized>(mut self, value: &T, encodings: &[(&str, Encoding)]) -> Self {
        let Some(members) = members(&Encoded::of(value)) else {
            let message = "parts are made of an object".to_owned();
            self.faults.push(fault(String::new(), message));
            return self;
        };
        for (name, member) in members {
            let encoding = encodings.iter().find(|(known, _)| *known == name);
            let encoding = encoding.map_or(Encoding::USUAL, |(_, encoding)| *encoding);
            self.add(&name, member, encoding);
        }
        self
    }

    /// Adds a value under `name`, if there is one. An array is one part for each element.
    #[must_use]
    pub fn value<T: Encode + ?Sized>(mut self, name: &str, value: Option<&T>, encoding: Encoding) -> Self {
        if let Some(value) = value {
            self.add(name, Encoded::of(value), encoding);
        }
        self
    }

    /// Adds files under `name`. `media_types` is the comma-separated list of allowed media types.
    ///
    /// Many servers recognize a file by its file name, so a file without one has the name of the part.
    #[must_use]
    pub fn files<'file>(
        mut self,
        name: &str,
        files: impl IntoIterator<Item = &'file Upload>,
        media_types: &str,
    ) -> Self {
        let first = self.parts.len();
        self = self.contents(name, files, media_types);
        for part in &mut self.parts[first..] {
            part.file_name.get_or_insert_with(|| name.to_owned());
        }
        self
    }

    /// Adds encoded content under `name`. It is a file only if it has a file name.
    #[must_use]
    pub fn contents<'file>(
        mut self,
        name: &str,
        contents: impl IntoIterator<Item = &'file Upload>,
        media_types: &str,
    ) -> Self {
        let first = self.parts.len();
        for content in contents {
            let media_type = match chosen(content, media_types) {
                Ok(media_type) => media_type,
                Err(reason) => {
                    self.violations.push(fault(format!("/{name}"), reason));
                    content.given_media_type().unwrap_or(BYTES)
                }
            };
            let media_type = media_type.to_owned();
            self.push(name, Some(media_type), content.clone());
        }
        let count = self.parts.len() - first;
        if count > 0 {
            // Only the number of files is validated.
            self.value.insert(name, Encoded::of(&vec![Json::Null; count]));
        }
        self
    }

    /// Adds parts that the document does not define.
    #[must_use]
    pub fn others(mut self, parts: &[(String, Upload)]) -> Self {
        for (name, content) in parts {
            // A part without a media type is text (https://www.rfc-editor.org/rfc/rfc7578#section-4.4).
            let is_file = content.given_file_name().is_some();
            let media_type = content.given_media_type().or(is_file.then_some(BYTES));
            self.push(name, media_type.map(str::to_owned), content.clone());
            self.value.insert(name.as_str(), Encoded::of(&Json::Null));
        }
        self
    }

    /// Adds a header to each part under `name`, if there are any.
    #[must_use]
    pub fn header<T: Encode + ?Sized>(
        mut self,
        name: &str,
        header: &'static str,
        value: Option<&T>,
        required: bool,
    ) -> Self {
        let parts = self.parts.iter_mut().filter(|part| part.name == name);
        let mut parts = parts.peekable();
        let Some(value) = value else {
            if required && parts.peek().is_some() {
                let message = format!("the part lacks its header {header}");
                self.violations.push(fault(format!("/{name}"), message));
            }
            return self;
        };
        let styled = Styled {
            name: header,
            style: Style::Form,
            explode: false,
            allow_reserved: false,
            notation: &NOTATION,
        };
        match styled.pairs(&to_json(value)) {
            Ok(pairs) => {
                let text = pairs.into_iter().next().unwrap_or_default().1;
                parts.for_each(|part| part.headers.push((header, text.clone())));
            }
            Err(reason) => self.faults.push(fault(format!("/{name}"), reason.to_owned())),
        }
        self
    }

    /// Returns the body. Its boundary does not occur in content that is in memory.
    #[must_use]
    pub fn payload(self) -> Payload {
        self.payload_with(boundary)
    }

    /// Returns the body with the first boundary of `candidates` that does not occur in content that is in memory.
    ///
    /// A boundary has up to 70 characters: letters, digits and some punctuation ([RFC 2046
    /// §5.1.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1)).
    #[must_use]
    pub fn payload_with(mut self, mut candidates: impl FnMut() -> String) -> Payload {
        let has = |boundary: &str| {
            let line = format!("--{boundary}");
            let in_memory = self.parts.iter().filter_map(|part| part.content.bytes());
            let mut windows = in_memory.flat_map(|bytes| bytes.windows(line.len()));
            windows.any(|window| window == line.as_bytes())
        };
        let mut boundary = candidates();
        while has(&boundary) {
            boundary = candidates();
        }
        let mut body = Body::empty();
        let mut text = String::new();
        for part in &self.parts {
            if let Err(message) = part.write(&boundary, &mut text, &mut body) {
                self.faults.push(fault(format!("/{}", part.name), message));
            }
        }
        text.extend(["--", &boundary, "--\r\n"]);
        body.push(text);
        Payload::Composed {
            media_type: format!("{}; boundary={boundary}", self.media_type),
            body,
            value: Some(Encoded::of(&self.value)),
            violations: self.violations,
            faults: self.faults,
        }
    }

    fn add(&mut self, name: &str, encoded: Encoded, encoding: Encoding) {
        let value = encoded.to_json();
        match encoding {
            Encoding::Content(media_type) => {
                for (text, media_type) in texts(&value, media_type) {
                    self.push(name, Some(media_type.to_owned()), text.into());
                }
            }
            Encoding::Style {
                style,
                explode,
                allow_reserved,
            } => {
                let styled = Styled {
                    name,
                    style,
                    explode,
                    allow_reserved,
                    notation: &NOTATION,
                };
                match styled.pairs(&value) {
                    Ok(pairs) => {
                        for (name, text) in pairs {
                            self.push(&name, Some(TEXT.to_owned()), text.into());
                        }
                    }
                    Err(reason) => self.faults.push(fault(format!("/{name}"), reason.to_owned())),
                }
            }
        }
        self.value.insert(name, encoded);
    }

    fn push(&mut self, name: &str, media_type: Option<String>, content: Upload) {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name: content.given_file_name().map(str::to_owned),
            media_type,
            headers: Vec::new(),
            content,
        });
    }
}

const BYTES: &str = "application/octet-stream";
const TEXT: &str = "text/plain; charset=utf-8";

/// Returns the media type of `content`: the caller's, or the only one that the document allows.
fn chosen<'text>(content: &'text Upload, media_types: &'text str) -> Result<&'text str, String> {
    let allowed: Vec<&str> = media_types
        .split(',')
        .map(str::trim)
        .filter(|range| !range.is_empty())
        .collect();
    match (content.given_media_type(), allowed.as_slice()) {
        (None, []) => Ok(BYTES),
        (None, [only]) if !only.contains('*') => Ok(only),
        (None, _) => Err(format!("its media type has to be given, out of {media_types}")),
        (Some(given), []) => Ok(given),
        (Some(given), ranges) if ranges.iter().any(|range| is_in(given, range)) => Ok(given),
        (Some(given), _) => Err(format!("its media type {given} is not among {media_types}")),
    }
}

/// Returns whether a media type matches a range, ignoring parameters.
fn is_in(media_type: &str, range: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (media_type, range) = (essence(media_type), essence(range));
    match range.strip_suffix('*') {
        Some("*/") => true,
        Some(start) => media_type.starts_with(start),
        None => media_type == range,
    }
}

impl Part {
    /// Appends the part to `body`, or to the text that is appended next.
    fn write(&self, boundary: &str, text: &mut String, body: &mut Body) -> Result<(), String> {
        text.extend([
            "--",
            boundary,
            "\r\nContent-Disposition: form-data; name=\"",
            &quoted(&self.name),
            "\"",
        ]);
        if let Some(name) = &self.file_name {
            text.extend(["; filename=\"", &quoted(name), "\""]);
        }
        text.push_str("\r\n");
        let media_type = self.media_type.as_ref().map(|media_type| ("Content-Type", media_type));
        let headers = self.headers.iter().map(|(name, value)| (*name, value));
        for (name, value) in media_type.into_iter().chain(headers) {
            // A line break would end the header and start another one.
            if HeaderValue::from_str(value).is_err() {
                return Err(format!("{value:?} cannot stand in a header"));
            }
            text.extend([name, ": ", value, "\r\n"]);
        }
        text.push_str("\r\n");
        match self.content.bytes().map(|bytes| std::str::from_utf8(bytes)) {
            Some(Ok(content)) if content.len() < LARGE => text.push_str(content),
            _ => {
                body.push(std::mem::take(text));
                self.content.write(body).map_err(|error| unreadable(&error))?;
            }
        }
        text.push_str("\r\n");
        Ok(())
    }
}

/// The minimum length of content that is not copied.
const LARGE: usize = 16 * 1024;

/// Returns a name as it is written in quotation marks, escaped as in HTML ([RFC 7578
/// §4.2](https://www.rfc-editor.org/rfc/rfc7578#section-4.2), [HTML
/// §4.10.21.8](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data)).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns an unpredictable boundary.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("part-{:016x}{:016x}", random(), random())
}

/// Returns the properties of an object. Returns `None` for any other value.
fn members(value: &Encoded) -> Option<Vec<(String, Encoded)>> {
    let mut reader = Reader::new(value.text());
    let mut members = Vec::new();
    let mut next = reader.begin_object().ok()?;
    while let Some(name) = next {
        let start = reader.offset().ok()?;
        reader.skip().ok()?;
        let text = reader.text_since(start);
        let within = |at: &&usize| (start..start + text.len()).contains(*at);
        let unknown = value.unknown().iter().filter(within).map(|at| at - start);
        members.push((name.into_owned(), Encoded::new(text.to_owned(), unknown.collect())));
        next = reader.next_key().ok()?;
    }
    Some(members)
}
