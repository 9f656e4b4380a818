//! Cuts a stream into features without holding it: only where each begins and ends is looked for here.

use std::io::Read;
use std::ops::Range;

use super::super::ReadError;

/// Bytes read at a time.
const STRETCH: usize = 1 << 18;

/// Bytes of features handed over at a time.
const BATCH: usize = 1 << 20;

/// Bytes of a member beside the features that is kept: names of coordinate systems are short.
const LONGEST_MEMBER: usize = 1 << 16;

/// Some features, one after the other.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) bytes: Vec<u8>,
    pub(super) spans: Vec<Range<usize>>,
}

/// What stands beside the features.
#[derive(Default)]
pub(super) struct Head {
    /// The JSON of member `type`.
    pub(super) kind: Option<Vec<u8>>,
    /// The JSON of member `crs`.
    pub(super) crs: Option<Vec<u8>>,
    pub(super) has_features: bool,
}

/// Why a stream was not cut to its end.
pub(super) enum Stop {
    /// It is no feature collection, or no JSON: whoever reads it as a whole can say what it is.
    NotThis,
    /// The system refuses.
    System(std::io::Error),
    /// It is more than can be held.
    Refused(ReadError),
}

impl From<ReadError> for Stop {
    fn from(refused: ReadError) -> Stop {
        Stop::Refused(refused)
    }
}

impl From<std::io::Error> for Stop {
    fn from(fault: std::io::Error) -> Stop {
        Stop::System(fault)
    }
}

/// Cuts `source`, an object with a list `features`, and hands its features over in batches, in order; `false` from
/// `take` ends the reading.
pub(super) fn split(source: impl Read, take: &mut dyn FnMut(Batch) -> bool) -> Result<Head, Stop> {
    let mut bytes = Bytes { source, buffer: vec![0; STRETCH], at: 0, end: 0 };
    let mut head = Head::default();
    if bytes.token()? != Some(b'{') {
        return Err(Stop::NotThis);
    }
    if bytes.token()? == Some(b'}') {
        return bytes.finish(head);
    }
    bytes.at -= 1;
    loop {
        let mut name = Vec::new();
        if bytes.token()? != Some(b'"') {
            return Err(Stop::NotThis);
        }
        bytes.at -= 1;
        bytes.value(&mut name, LONGEST_MEMBER)?;
        if bytes.token()? != Some(b':') {
            return Err(Stop::NotThis);
        }
        match name.as_slice() {
            b"\"features\"" if !head.has_features => {
                head.has_features = true;
                bytes.features(take)?;
            }
            b"\"type\"" | b"\"crs\"" => {
                let mut value = Vec::new();
                bytes.token()?;
                bytes.at -= 1;
                bytes.value(&mut value, LONGEST_MEMBER)?;
                let place = if name == b"\"type\"" { &mut head.kind } else { &mut head.crs };
                *place = Some(value);
            }
            _ => {
                bytes.token()?;
                bytes.at -= 1;
                bytes.value(&mut Vec::new(), 0)?;
            }
        }
        match bytes.token()? {
            Some(b',') => {}
            Some(b'}') => return bytes.finish(head),
            _ => return Err(Stop::NotThis),
        }
    }
}

/// A stream with a stretch of it in memory. `at` never stands at the beginning of the buffer after a byte was taken, so
/// that one byte can be given back.
struct Bytes<R> {
    source: R,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
}

impl<R: Read> Bytes<R> {
    /// Fills the buffer anew; `false` at the end of the stream.
    fn refill(&mut self) -> Result<bool, Stop> {
        loop {
            match self.source.read(&mut self.buffer) {
                Ok(0) => return Ok(false),
                Ok(count) => {
                    (self.at, self.end) = (0, count);
                    return Ok(true);
                }
                Err(fault) if fault.kind() == std::io::ErrorKind::Interrupted => {}
                Err(fault) => return Err(fault.into()),
            }
        }
    }

    /// The next byte that is no blank; `None` at the end.
    fn token(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            while self.at < self.end {
                self.at += 1;
                let byte = self.buffer[self.at - 1];
                if !byte.is_ascii_whitespace() {
                    return Ok(Some(byte));
                }
            }
            if !self.refill()? {
                return Ok(None);
            }
        }
    }

    /// Passes one value, from its first byte; up to `most` bytes of it are appended to `kept`.
    fn value(&mut self, kept: &mut Vec<u8>, most: usize) -> Result<(), Stop> {
        let mut scan = Scan::default();
        let before = kept.len();
        loop {
            if self.at == self.end && !self.refill()? {
                return Err(Stop::NotThis);
            }
            let passed = scan.pass(&self.buffer[self.at..self.end]);
            let room = most.saturating_sub(kept.len() - before);
            let taken = passed.unwrap_or(self.end - self.at);
            if most > 0 && taken > room {
                return Err(Stop::NotThis);
            }
            if most > 0 {
                kept.extend_from_slice(&self.buffer[self.at..self.at + taken]);
            }
            self.at += taken;
            if passed.is_some() {
                return Ok(());
            }
        }
    }

    /// Passes the list of features, from its bracket.
    fn features(&mut self, take: &mut dyn FnMut(Batch) -> bool) -> Result<(), Stop> {
        if self.token()? != Some(b'[') {
            return Err(Stop::NotThis);
        }
        let mut batch = Batch::default();
        let mut is_first = true;
        loop {
            match self.token()? {
                Some(b']') if is_first => break,
                Some(_) => self.at -= 1,
                None => return Err(Stop::NotThis),
            }
            is_first = false;
            let start = batch.bytes.len();
            self.value(&mut batch.bytes, usize::MAX)?;
            batch.spans.push(start..batch.bytes.len());
            if batch.bytes.len() >= BATCH && !take(std::mem::take(&mut batch)) {
                return Err(Stop::NotThis);
            }
            match self.token()? {
                Some(b',') => {}
                Some(b']') => break,
                _ => return Err(Stop::NotThis),
            }
        }
        if take(batch) { Ok(()) } else { Err(Stop::NotThis) }
    }

    /// Nothing but blanks may follow.
    fn finish(mut self, head: Head) -> Result<Head, Stop> {
        if self.token()?.is_some() { Err(Stop::NotThis) } else { Ok(head) }
    }
}

/// Looks for the end of a value: strings and brackets are all that matters to it.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
    begun: bool,
}

impl Scan {
    /// Goes over `bytes`; how many belong to the value where it ends among them. A bare word or number ends before what
    /// follows it.
    fn pass(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            if self.in_string {
                if !self.escaped {
                    // Most of a text only is to be passed over, and so is most of what stands between brackets.
                    at += bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
                }
                let is_end = !self.escaped && bytes[at] == b'"';
                self.escaped = !self.escaped && bytes[at] == b'\\';
                at += 1;
                if is_end {
                    self.in_string = false;
                    if self.depth == 0 {
                        return Some(at);
                    }
                }
                continue;
            }
            if self.depth > 0 {
                at += bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'{' | b'}' | b'[' | b']'))?;
            }
            match bytes[at] {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Some(at),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' | b' ' | b'\n' | b'\r' | b'\t' if self.begun => return Some(at),
                _ => {}
            }
            self.begun = true;
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives a byte at a time, so that every boundary falls somewhere.
    struct Dripping<'a>(&'a [u8]);

    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            (buffer[0], self.0) = (*first, rest);
            Ok(1)
        }
    }

    fn features(text: &str) -> Option<(Vec<String>, Head)> {
        let collect = |source: &mut dyn Read| {
            let mut found = Vec::new();
            let head = split(source, &mut |batch| {
                let text = |span: &Range<usize>| String::from_utf8(batch.bytes[span.clone()].to_vec()).expect("text");
                found.extend(batch.spans.iter().map(text));
                true
            });
            head.ok().map(|head| (found, head))
        };
        let whole = collect(&mut text.as_bytes());
        let dripping = collect(&mut Dripping(text.as_bytes()));
        assert_eq!(whole.as_ref().map(|found| &found.0), dripping.as_ref().map(|found| &found.0));
        whole
    }

    #[test]
    fn brackets_in_strings_end_nothing() {
        let text = r#" { "a" : "]}\"" , "features" : [ {"x":"}\\"} , {"y":[1,{"z":"["}]}, null,7 ] , "crs":{"n":1} } "#;
        let (found, head) = features(text).expect("a collection");
        assert_eq!(found, [r#"{"x":"}\\"}"#, r#"{"y":[1,{"z":"["}]}"#, "null", "7"]);
        assert_eq!(head.crs.as_deref(), Some(&br#"{"n":1}"#[..]));
        assert!(head.has_features && head.kind.is_none());
    }

    #[test]
    fn what_is_cut_off_or_no_object_is_left_to_others() {
        assert!(features("[1]").is_none());
        assert!(features("").is_none());
        assert!(features("{\"features\":[{\"a\":1}").is_none());
        assert!(features("{\"features\":[1 2]}").is_none());
        assert!(features("{\"features\":[]} x").is_none());
        // Whoever takes the feature apart refuses it.
        assert!(features("{\"features\":[,]}").is_some_and(|(found, _)| found == [","]));
    }
}
