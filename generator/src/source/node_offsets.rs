//! Where the nodes of a text stand, counted as [`read`](crate::document::read()) counts them.

use std::collections::BTreeMap;

use libyaml_safer::EventData;

use crate::source::sources::text_start;
use crate::source::yaml_events::Events;

/// Where one node starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NodeOffset {
    /// The byte offset of the node, or of the anchored node that an alias stands for.
    pub(crate) offset: usize,
    /// The byte offset of the nearest alias through which the node was reached.
    pub(crate) alias: Option<usize>,
}

/// Returns how many nodes may be read from a text.
///
/// Without aliases a text cannot hold more nodes than bytes. What aliases add is bounded, because
/// a few lines of aliases can stand for more nodes than there is memory.
pub(crate) fn node_limit(text: &str) -> usize {
    text.len().saturating_add(1_000_000).min(u32::MAX as usize)
}

/// Marks the nodes of a JSON text that has been read without a fault of syntax.
///
/// Every token but `]`, `}`, `:` and `,` starts a node, and tokens come in the order of nodes.
pub(crate) fn of_json(text: &str) -> Vec<NodeOffset> {
    let bytes = text.as_bytes();
    let mut node_offsets = Vec::new();
    let mut offset = text_start(text);
    while let Some(&byte) = bytes.get(offset) {
        let length = match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b']' | b'}' => {
                offset += 1;
                continue;
            }
            b'{' | b'[' => 1,
            b'"' => string_length(&bytes[offset..]),
            _ => literal_length(&bytes[offset..]),
        };
        node_offsets.push(NodeOffset { offset, alias: None });
        offset += length;
    }
    node_offsets
}

fn string_length(bytes: &[u8]) -> usize {
    let mut length = 1;
    loop {
        match bytes.get(length) {
            Some(b'\\') => length += 2,
            Some(b'"') => return length + 1,
            Some(_) => length += 1,
            None => return length,
        }
    }
}

fn literal_length(bytes: &[u8]) -> usize {
    let ends = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' | b']' | b'}');
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// A node, or the end of a list or map, or an alias.
struct NodeEvent {
    offset: usize,
    kind: NodeEventKind,
}

enum NodeEventKind {
    Scalar,
    /// A list or map, with the index of the step behind its end.
    Open {
        behind: usize,
    },
    Close,
    /// An alias, with the index of the step that it stands for.
    Alias {
        target: Option<usize>,
    },
}

/// Marks the nodes of a YAML text, up to its first fault of syntax.
pub(crate) fn of_yaml(text: &str) -> Vec<NodeOffset> {
    expand(&steps(text), node_limit(text))
}

fn steps(text: &str) -> Vec<NodeEvent> {
    let mut steps: Vec<NodeEvent> = Vec::new();
    let mut anchors: BTreeMap<String, usize> = BTreeMap::new();
    let mut open = Vec::new();
    for event in Events::new(text) {
        let Ok((data, offset)) = event else { break };
        let index = steps.len();
        let (kind, anchor) = match data {
            EventData::Scalar { anchor, .. } => (NodeEventKind::Scalar, anchor),
            EventData::SequenceStart { anchor, .. } | EventData::MappingStart { anchor, .. } => {
                open.push(index);
                (NodeEventKind::Open { behind: usize::MAX }, anchor)
            }
            EventData::SequenceEnd | EventData::MappingEnd => {
                if let Some(step) = open.pop().and_then(|start| steps.get_mut(start)) {
                    step.kind = NodeEventKind::Open { behind: index + 1 };
                }
                (NodeEventKind::Close, None)
            }
            EventData::Alias { anchor } => (
                NodeEventKind::Alias {
                    target: anchors.get(&anchor).copied(),
                },
                None,
            ),
            EventData::DocumentEnd { .. } => break,
            EventData::StreamStart { .. } | EventData::StreamEnd | EventData::DocumentStart { .. } => continue,
        };
        if let Some(anchor) = anchor {
            anchors.insert(anchor, index);
        }
        steps.push(NodeEvent { offset, kind });
    }
    steps
}

/// A stretch of steps that is being walked, and the alias that led to it.
struct Stretch {
    next: usize,
    behind: usize,
    alias: Option<usize>,
}

/// Walks the steps as if what they stand for were written in the place of aliases.
///
/// Every stretch starts with a node, so that the limit ends even an alias inside of its own anchor.
fn expand(steps: &[NodeEvent], limit: usize) -> Vec<NodeOffset> {
    let mut node_offsets = Vec::new();
    let mut stretches = vec![Stretch {
        next: 0,
        behind: steps.len(),
        alias: None,
    }];
    while let Some(stretch) = stretches.last_mut() {
        let Some(step) = steps.get(stretch.next).filter(|_| stretch.next < stretch.behind) else {
            stretches.pop();
            continue;
        };
        stretch.next += 1;
        match step.kind {
            NodeEventKind::Close => {}
            NodeEventKind::Scalar | NodeEventKind::Open { .. } => {
                node_offsets.push(NodeOffset {
                    offset: step.offset,
                    alias: stretch.alias,
                });
                if node_offsets.len() >= limit {
                    break;
                }
            }
            NodeEventKind::Alias { target: None } => break,
            NodeEventKind::Alias { target: Some(target) } => {
                let behind = match steps.get(target).map(|step| &step.kind) {
                    Some(NodeEventKind::Open { behind }) => *behind,
                    _ => target + 1,
                };
                stretches.push(Stretch {
                    next: target,
                    behind,
                    alias: Some(step.offset),
                });
            }
        }
    }
    node_offsets
}
