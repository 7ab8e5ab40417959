const HAN = /\p{Script=Han}/u;
const LATIN = /[\p{Script=Latin}\d]/u;

/** Chinese in which a space stands where Han meets Latin or digits at the edge of a value, and nowhere else: `年龄 18 到 34 岁`. */
export function spaced(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return texts.reduce((told, text, i) => join(join(told, String(values[i - 1] ?? '')), text), '');
}

function join(left: string, right: string): string {
  const [a, b] = [left.at(-1) ?? '', right[0] ?? ''];
  const meet = (HAN.test(a) && LATIN.test(b)) || (LATIN.test(a) && HAN.test(b));
  return meet ? `${left} ${right}` : left + right;
}
