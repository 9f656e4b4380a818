//! Who reads an output, and which numbers they may see.

/// Who reads an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The office that plans: an internal draft.
    Planners,
    /// The office, from a bundle with everything in it.
    Office,
    /// Everybody.
    Public,
}

impl Audience {
    /// Whether a number of pupils stays hidden: nobody is to be recognised among fewer than five.
    #[must_use]
    pub const fn hides(self, count: u64) -> bool {
        matches!(self, Audience::Public) && 1 <= count && count < 5
    }

    /// A number of pupils as this audience may know it.
    #[must_use]
    pub fn pupils(self, count: u64) -> String {
        if self.hides(count) { "<5".to_owned() } else { count.to_string() }
    }
}
