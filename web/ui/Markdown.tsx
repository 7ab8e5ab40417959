import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';

/** Markdown as a page shows it; HTML in it stays text. */
export function Markdown({ text }: { readonly text: string }) {
  return <ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>;
}
