//! A random generator with a seed that repeats.

/// SplitMix64: a few lines, and good enough to choose what a writer does next.
pub struct Dice(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Dice {
    /// The dice of one part of a run.
    pub fn new(seed: u64, part: u64) -> Self {
        let mut dice = Self(seed ^ part.wrapping_mul(STEP));
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0, less than `sides`.
    pub fn below(&mut self, sides: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(sides).unwrap()).unwrap()
    }

    /// One of these; `None` when there are none.
    pub fn one_of(&mut self, choices: &[usize]) -> Option<usize> {
        if choices.is_empty() { None } else { Some(choices[self.below(choices.len())]) }
    }
}

/// What the environment says, else another one each time: many runs see more than one run many
/// times.
pub fn seed() -> u64 {
    let told = std::env::var("JETON_CRASH_SEED").ok().map(|text| text.parse().unwrap());
    told.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        u64::from(now.subsec_nanos()) ^ now.as_secs()
    })
}
