//! Bodies of the media type `application/x-www-form-urlencoded`.

use bytes::Bytes;

use crate::runtime::json::codec::Encode;
use crate::runtime::json::encoded::Encoded;
use crate::runtime::json::value::Json;
use crate::runtime::request::encoding::{Encoding, Notation, Styled, is_json, texts};
use crate::runtime::request::payload::{Payload, fault};
use crate::runtime::request::percent;

/// Delimiters of a form are percent-encoded, except for the comma ([OpenAPI 3.1.1, appendix
/// E](https://spec.openapis.org/oas/v3.1.1.html#appendix-e-percent-encoding-and-form-media-types)).
const NOTATION: Notation = Notation {
    escape: encode,
    signs: [",", "%20", "%7C", "%5B", "%5D"],
};

impl Payload {
    /// Serializes the properties of `value` as a form.
    ///
    /// Properties without an entry in `encodings` are serialized by the default media types of their values.
    pub fn form<T: Encode + ?Sized>(media_type: &'static str, value: &T, encodings: &[(&str, Encoding)]) -> Self {
        let encoded = Encoded::of(value);
        let value = encoded.to_json();
        let (mut pairs, mut faults) = (Vec::new(), Vec::new());
        match &value {
            Json::Object(members) => {
                for (name, member) in members.iter() {
                    let encoding = encodings.iter().find(|(known, _)| *known == name);
                    match written(name, member, encoding.map(|(_, encoding)| encoding)) {
                        Ok(written) => pairs.extend(written),
                        Err(reason) => faults.push(fault(format!("/{name}"), reason.to_owned())),
                    }
                }
            }
            _ => faults.push(fault(String::new(), "a form is made of an object".to_owned())),
        }
        Self::Composed {
            media_type: media_type.to_owned(),
            body: Bytes::from(pairs.join("&")).into(),
            value: Some(encoded),
            violations: Vec::new(),
            faults,
        }
    }
}

/// Returns the pairs of a property.
fn written(name: &str, value: &Json, encoding: Option<&Encoding>) -> Result<Vec<String>, &'static str> {
    let pair = |(name, value): (String, String)| format!("{name}={value}");
    let media_type = match encoding {
        Some(&Encoding::Style {
            style,
            explode,
            allow_reserved,
        }) => {
            let styled = Styled {
                name,
                style,
                explode,
                allow_reserved,
                notation: &NOTATION,
            };
            return Ok(styled.pairs(value)?.into_iter().map(pair).collect());
        }
        Some(Encoding::Content(media_type)) => media_type,
        None => "",
    };
    // As with the `content` of a parameter, a media type of JSON applies to the whole value.
    let texts = if is_json(media_type) {
        vec![(value.to_string(), media_type)]
    } else {
        texts(value, media_type)
    };
    let pairs = texts.into_iter().map(|(text, _)| pair((escape(name), escape(&text))));
    Ok(pairs.collect())
}

/// Encodes a text as HTML forms do ([URL §5.2](https://url.spec.whatwg.org/#urlencoded-serializing)).
fn escape(text: &str) -> String {
    let encoded = percent::encode(text);
    encoded.replace("%20", "+").replace("%2A", "*").replace('~', "%7E")
}

fn encode(text: &str, allow_reserved: bool) -> String {
    if allow_reserved {
        percent::encode_reserved(text)
    } else {
        percent::encode(text)
    }
}
