//! The words of a document that are in the model.

use std::collections::BTreeSet;

use crate::source::Origin;

use super::{Api, Body, Content, Docs, Named, Operation, Shape};

impl Api {
    /// Returns every title and description of the document that is written down with some item of the crate.
    #[must_use]
    pub fn texts(&self) -> BTreeSet<&str> {
        let equal = self.types.iter().flat_map(|named| named.equal.iter());
        let equal = equal.flat_map(|docs| [docs.title.as_str(), docs.text.as_str()]);
        self.texts_of_items().into_iter().chain(equal).collect()
    }

    /// Has each type repeat no text of a schema that is equal to its own where some other item has the text already,
    /// such as the property that the schema belongs to.
    pub(crate) fn clear_repeated_texts(&mut self) {
        let known = self.texts_of_items();
        let mut is_known = Vec::new();
        for named in &self.types {
            let is_repeated = |docs: &Docs| [docs.title.as_str(), docs.text.as_str()].map(|text| known.contains(text));
            is_known.push(named.equal.iter().map(is_repeated).collect::<Vec<_>>());
        }
        for (named, is_known) in self.types.iter_mut().zip(is_known) {
            for (docs, [is_title_known, is_text_known]) in named.equal.iter_mut().zip(is_known) {
                if is_title_known {
                    docs.title.clear();
                }
                if is_text_known {
                    docs.text.clear();
                }
            }
        }
    }

    /// Returns the texts of all items, but for those of schemas that are equal to that of a type.
    fn texts_of_items(&self) -> BTreeSet<&str> {
        let texts = self.docs().flat_map(|docs| {
            let summaries = docs.examples.iter().map(|example| example.summary.as_str());
            summaries.chain([docs.title.as_str(), docs.text.as_str()])
        });
        texts.chain([self.title.as_str(), self.description.as_str()]).collect()
    }

    /// Returns the places of the examples that are written down with some item of the crate, or stand for a required
    /// argument in code of the front page.
    #[must_use]
    pub fn examples(&self) -> BTreeSet<Origin> {
        let parameters = self.operations().flat_map(|operation| &operation.parameters);
        let values = parameters.filter(|parameter| parameter.is_given());
        let values = values.filter_map(|parameter| parameter.example.as_ref());
        let shown = self.docs().flat_map(|docs| docs.examples.iter());
        shown.chain(values).map(|example| example.origin).collect()
    }

    /// Iterates over the documentation of all items.
    fn docs(&self) -> impl Iterator<Item = &Docs> {
        let types = self.types.iter().flat_map(of_type);
        let operations = self.operations();
        types
            .chain(operations.flat_map(of_operation))
            .chain(self.resources.iter().map(|resource| &resource.docs))
            .chain(
                self.webhooks
                    .iter()
                    .flat_map(|webhooks| &webhooks.webhooks)
                    .map(|webhook| &webhook.docs),
            )
            .chain(self.schemes.iter().map(|scheme| &scheme.docs))
            .chain(self.servers.iter().map(|server| &server.docs))
            .chain(
                self.servers
                    .iter()
                    .flat_map(|server| server.variables.iter().map(|variable| &variable.docs)),
            )
    }
}

/// Returns the documentation of a type and what it consists of.
fn of_type(named: &Named) -> Vec<&Docs> {
    let mut found = vec![&named.docs];
    match &named.shape {
        Shape::Object(object) => {
            found.extend(
                object
                    .properties
                    .iter()
                    .chain(&object.additional_properties)
                    .map(|property| &property.docs),
            );
        }
        Shape::StringEnum(shape) => found.extend(shape.values.iter().map(|value| &value.docs)),
        Shape::Union(union) => found.extend(union.variants.iter().map(|variant| &variant.docs)),
        Shape::Tuple(tuple) => found.extend(tuple.elements.iter().chain([&tuple.rest]).map(|element| &element.docs)),
        Shape::CheckedString { .. } | Shape::Wrapper(_) | Shape::Alias(_) => {}
    }
    found
}

/// Returns the documentation of an operation, its parameters, body, responses and their headers.
fn of_operation(operation: &Operation) -> Vec<&Docs> {
    let mut found = vec![&operation.docs];
    found.extend(operation.parameters.iter().map(|parameter| &parameter.docs));
    found.extend(operation.body.iter().flat_map(of_body));
    let others = operation.alternatives.iter().map(|other| &other.success);
    let responses = [&operation.success, &operation.failure].into_iter().chain(others);
    found.extend(
        responses
            .flat_map(|responses| &responses.cases)
            .map(|response| &response.docs),
    );
    found.extend(operation.response_headers().map(|header| &header.docs));
    found
}

/// Returns the documentation of a body and its parts.
fn of_body(body: &Body) -> Vec<&Docs> {
    let mut found = vec![&body.docs];
    if let Content::Parts(parts) = &body.content {
        found.push(&parts.docs);
        for part in &parts.parts {
            found.push(&part.docs);
            found.extend(part.headers.iter().map(|header| &header.docs));
        }
    }
    found
}
