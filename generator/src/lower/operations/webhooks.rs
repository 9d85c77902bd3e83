//! Lowers what the server sends: the bodies of webhooks and callbacks.

use crate::document::{Kind, Node};
use crate::lower::context::docs;
use crate::lower::operations::Operations;
use crate::lower::operations::checks;
use crate::lower::operations::found::{Found, methods};
use crate::lower::schemas::naming::NamingContext;
use crate::model::{Docs, ModulePath, Payload, Webhook, Webhooks};
use crate::names::{self, Namespace};

/// A request of the server.
struct Sent<'run> {
    /// The name by which it is decoded.
    wire: String,
    /// The words of its variant.
    words: String,
    operation: &'run Node,
}

impl<'run> Operations<'run> {
    /// Lowers the webhooks of the document, and the callbacks of the operations `found`.
    pub(in crate::lower) fn lower_webhooks(&mut self, found: &[Found<'run>]) -> Vec<Webhooks> {
        let webhooks = self.sent_by_webhooks();
        let mut callbacks = Vec::new();
        for operation in found {
            self.collect_callbacks(operation, &mut callbacks);
        }
        let all = webhooks.iter().chain(&callbacks).map(|sent| sent.operation);
        checks::report_duplicates_of_sent(&mut self.schemas.cx, found, all);
        let lowered = [("Webhook", webhooks, false), ("Callback", callbacks, true)];
        let lowered = lowered.map(|(name, sent, are_callbacks)| {
            let name = self.schemas.types.take_type_name(&ModulePath::Webhooks, name);
            (name, sent, are_callbacks)
        });
        lowered
            .into_iter()
            .filter(|(_, sent, _)| !sent.is_empty())
            .map(|(name, sent, are_callbacks)| Webhooks {
                webhooks: self.lower_sent(sent, if are_callbacks { "callback" } else { "" }),
                name,
                are_callbacks,
            })
            .collect()
    }

    /// Returns what the webhooks of the document send.
    fn sent_by_webhooks(&mut self) -> Vec<Sent<'run>> {
        let root = self.schemas.cx.root;
        let mut sent = Vec::new();
        for (name, item) in root.get("webhooks").and_then(Node::as_object).into_iter().flatten() {
            self.collect_item((name, name), item, &mut sent);
        }
        sent
    }

    /// Adds what the callbacks of an operation send.
    fn collect_callbacks(&mut self, operation: &Found<'run>, sent: &mut Vec<Sent<'run>>) {
        let listed = operation.node.get("callbacks").and_then(Node::as_object);
        for (name, callback) in listed.into_iter().flatten() {
            let callback = self.schemas.cx.object(Kind::Callback, callback);
            let items = callback.as_object().into_iter().flatten();
            let items: Vec<_> = items
                .filter(|(key, item)| !key.starts_with("x-") && *key != "$ref" && item.as_object().is_some())
                .collect();
            let wire = format!("{}/{name}", operation.name());
            let words = format!("{} {name}", operation.name());
            for (expression, item) in &items {
                let wire = match items.as_slice() {
                    [_] => wire.clone(),
                    _ => format!("{wire}/{expression}"),
                };
                self.collect_item((&wire, &words), item, sent);
            }
        }
    }

    /// Adds what a path item sends, by each of its methods.
    fn collect_item(&mut self, (wire, words): (&str, &str), item: &'run Node, sent: &mut Vec<Sent<'run>>) {
        let item = self.schemas.cx.object(Kind::Webhook, item);
        let operations = methods(&mut self.schemas.cx, item);
        let operations: Vec<_> = operations
            .into_iter()
            .filter_map(|(holder, key, method)| Some((method, holder.get(key)?)))
            .filter(|(_, node)| node.as_object().is_some())
            .collect();
        for (method, operation) in &operations {
            let is_only = operations.len() == 1;
            sent.push(Sent {
                wire: if is_only {
                    wire.to_owned()
                } else {
                    format!("{wire}/{method}")
                },
                words: if is_only {
                    words.to_owned()
                } else {
                    format!("{words} {method}")
                },
                operation,
            });
        }
    }

    fn lower_sent(&mut self, mut sent: Vec<Sent<'run>>, suffix: &str) -> Vec<Webhook> {
        sent.sort_by(|one, other| one.wire.cmp(&other.wire));
        let mut variants = Namespace::default();
        let mut lowered: Vec<Webhook> = Vec::new();
        for sent in sent {
            let variant = variants.take(&names::variant_name(&sent.words), &sent.words);
            let words = format!("{variant} {suffix}");
            let place = NamingContext::new(ModulePath::Webhooks, words.trim_end());
            let (payload, said) = self.lower_received(&sent, &place);
            lowered.push(Webhook {
                wire: sent.wire,
                variant,
                payload,
                docs: webhook_docs(sent.operation, &said),
            });
        }
        lowered
    }

    /// Lowers the body of a request, and returns what the document says of it.
    fn lower_received(&mut self, sent: &Sent<'run>, place: &NamingContext) -> (Option<Payload>, String) {
        let Some(body) = sent.operation.get("requestBody") else {
            return (None, String::new());
        };
        let body = self.schemas.cx.object(Kind::RequestBody, body);
        let options = self.content_options(body);
        let media_types = body.get("content").unwrap_or(body);
        for other in options.iter().skip(1) {
            let reason = "only one of the media types of a webhook or callback is decoded";
            self.schemas.cx.degrade(media_types, other.media_type, reason);
        }
        let payload = options
            .first()
            .map(|option| self.lower_payload(option, &place.child("payload")));
        (payload, docs(body).text.to_string())
    }
}

/// Returns the annotations of a request, with what is said of its body.
fn webhook_docs(operation: &Node, of_body: &str) -> Docs {
    let summary = operation.get("summary").and_then(Node::as_str).unwrap_or_default();
    let docs = docs(operation);
    let texts = [docs.text.as_str(), of_body];
    let filled: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    Docs {
        title: summary.trim().to_owned().into(),
        text: filled.join("\n\n").into(),
        default: None,
        examples: Vec::new().into(),
        ..docs
    }
}
