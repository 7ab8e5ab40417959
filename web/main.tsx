import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchSession } from './data/watchSession.ts';
import { App } from './shell/App.tsx';
import { preload } from './shell/preload.ts';
import './theme/base.css';

watchSession();
preload();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
