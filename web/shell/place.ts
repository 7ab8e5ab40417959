import { navigate } from 'wouter/use-browser-location';

const KEY = 'qiancheng.place';

/** Before log-in leads to another site: where to come back to. */
export function rememberPlace(): void {
  sessionStorage.setItem(KEY, `${window.location.pathname}${window.location.search}`);
}

/** After log-in elsewhere, which ends on the first page: goes to the page that was asked for. */
export function returnToPlace(): void {
  const place = sessionStorage.getItem(KEY);
  sessionStorage.removeItem(KEY);
  if (place?.startsWith('/') && window.location.pathname === '/') navigate(place, { replace: true });
}
