//! Finds which headers of responses are one type: those of several operations that differ in statuses alone.
//!
//! The type of a set is named by its headers, and never by an operation. Each operation has another name for it.

use crate::model::{Api, Availability, HeaderSet, ResponseHeader};
use crate::names::{self, Namespace};

/// A set, and how many operations have it.
struct Found {
    headers: Vec<ResponseHeader>,
    users: usize,
}

/// Makes one type of the headers that are equal.
pub(in crate::lower) fn settle(api: &mut Api) {
    let mut found: Vec<Found> = Vec::new();
    let operations = api.operations().filter(|operation| !operation.is_variant);
    for headers in operations.filter_map(|operation| operation.headers.as_ref()) {
        match found.iter_mut().find(|known| is_same(&known.headers, &headers.headers)) {
            Some(known) => {
                known.users += 1;
                agree(&mut known.headers, &headers.headers);
            }
            None => found.push(Found {
                headers: headers.headers.clone(),
                users: 1,
            }),
        }
    }
    found.retain(|known| known.users > 1);
    let sets = named(api, found);
    let operations = api.resources.iter_mut().flat_map(|resource| &mut resource.operations);
    for headers in operations.filter_map(|operation| operation.headers.as_mut()) {
        let set = sets.iter().find(|set| is_same(&set.headers, &headers.headers));
        headers.set = set.map(|set| set.name.clone());
    }
    api.header_sets = sets;
}

/// Returns whether two sets are equal but for the statuses.
fn is_same(one: &[ResponseHeader], other: &[ResponseHeader]) -> bool {
    let is_equal = |(one, other): (&ResponseHeader, &ResponseHeader)| {
        one.wire == other.wire
            && one.method == other.method
            && one.type_ == other.type_
            && one.form == other.form
            && one.docs.deprecated == other.docs.deprecated
            && *one.docs.text == *other.docs.text
            && *one.docs.examples == *other.docs.examples
    };
    one.len() == other.len() && one.iter().zip(other).all(is_equal)
}

/// Keeps the statuses that all users of a set say.
fn agree(headers: &mut [ResponseHeader], others: &[ResponseHeader]) {
    for (header, other) in headers.iter_mut().zip(others) {
        if header.statuses != other.statuses {
            header.statuses.clear();
        }
    }
}

/// Names the sets by their headers.
fn named(api: &Api, found: Vec<Found>) -> Vec<HeaderSet> {
    let mut candidates: Vec<(String, String, Found)> = found
        .into_iter()
        .map(|found| {
            let methods: Vec<&str> = found.headers.iter().map(|header| header.method.as_str()).collect();
            let contents = found.headers.iter().map(|header| {
                let (type_, docs) = (api.type_words(&header.type_), &header.docs);
                let texts = (docs.deprecated, &*docs.text, &*docs.examples);
                format!("{:?} {type_} {:?} {texts:?}", header.wire, header.form)
            });
            // What is equal in name is numbered in the order of its content, not of the operations.
            let contents: Vec<String> = contents.collect();
            (names::header_set_name(&methods), contents.concat(), found)
        })
        .collect();
    candidates.sort_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    let mut namespace = Namespace::default();
    candidates
        .into_iter()
        .map(|(name, _, found)| HeaderSet {
            name: namespace.take(&name, &name),
            headers: found.headers,
            availability: Availability::never(),
        })
        .collect()
}
