// Student's t: the quantile that a mean's interval is made with.

/** Lanczos, g = 7, nine terms: ln Γ(x) for x > 0 to 15 digits. Numerical Recipes, 3rd edition, §6.1. */
const logGamma = (x: number): number => {
	const terms = [
		0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
		12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
	];
	const t = x + 6.5;
	const sum = terms.reduce((sum, term, index) => sum + (index === 0 ? term : term / (x - 1 + index)), 0);
	return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
};

/** The continued fraction of the incomplete beta function, by Lentz's method. Numerical Recipes, 3rd edition, §6.4. */
const betaFraction = (x: number, a: number, b: number): number => {
	const tiny = 1e-300;
	const kept = (value: number) => (Math.abs(value) < tiny ? tiny : value);
	let c = 1;
	let d = 1 / kept(1 - ((a + b) * x) / (a + 1));
	let fraction = d;
	for (let m = 1; m <= 10_000; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / kept(1 + even * d);
		c = kept(1 + even / c);
		fraction *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / kept(1 + odd * d);
		c = kept(1 + odd / c);
		fraction *= d * c;
		if (Math.abs(d * c - 1) < 1e-15) break;
	}
	return fraction;
};

/** The regularized incomplete beta function I_x(a, b), 0 to 1. */
const incompleteBeta = (x: number, a: number, b: number): number => {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
};

/** How likely |t| is greater than this by chance, 0 to 1: tTail(2.228139, 10) is 0.05. Abramowitz & Stegun 26.7.1. */
export const tTail = (t: number, degrees: number): number =>
	incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);

const known = new Map<number, number>();
const mostKnown = 10_000;

/**
 * Two-sided 95 % of Student's t with n − 1 `degrees` of freedom, found where its tail is 0.05: 12.706205 for 1, 2.228139
 * for 10, 1.983972 for 100. Throws RangeError below 1. Student 1908, Biometrika 6(1):1–25.
 */
export const t95 = (degrees: number): number => {
	if (!(degrees >= 1)) throw new RangeError(`There is no t with ${degrees} degrees of freedom`);
	let quantile = known.get(degrees);
	if (quantile === undefined) {
		// 12.71 for one degree is the widest there is, and the normal distribution's 1.96 the narrowest.
		let [low, high] = [1.9, 13];
		while (high - low > 1e-12) {
			const middle = (low + high) / 2;
			if (middle === low || middle === high) break;
			if (tTail(middle, degrees) > 0.05) low = middle;
			else high = middle;
		}
		quantile = (low + high) / 2;
		if (known.size >= mostKnown) known.clear();
		known.set(degrees, quantile);
	}
	return quantile;
};
