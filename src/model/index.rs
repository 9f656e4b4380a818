//! Positions in the lists of a county, as types of their own so that a block cannot be taken for a school.

macro_rules! position {
    ($(#[$documentation:meta])* $name:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(u32);

        impl $name {
            /// The position `index`, which a county keeps below 2³².
            ///
            /// # Panics
            /// Where `index` is 2³² or more.
            #[must_use]
            pub fn new(index: usize) -> Self {
                Self(u32::try_from(index).expect("a county lists fewer than 2^32 rows"))
            }

            /// The position as an index into a list.
            #[must_use]
            pub const fn get(self) -> usize {
                self.0 as usize
            }
        }
    };
}

position! {
    /// A position in [`County::schools`](super::County::schools).
    SchoolIndex
}
position! {
    /// A position in [`County::blocks`](super::County::blocks).
    BlockIndex
}
