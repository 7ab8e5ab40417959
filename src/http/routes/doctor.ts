import { examination } from '../../api/doctor.ts';
import { type Route, route } from '../route.ts';

/** What `doctor` finds, for monitoring and for the terminal. */
export const doctorRoutes: readonly Route[] = [
  route({
    id: 'doctor.check',
    method: 'get',
    path: '/api/doctor',
    permission: 'administer',
    summary: { zh: '逐项检查安装状况', en: 'Checks the installation, item by item' },
    answer: examination,
    handle: ({ services }) => services.product.doctor(),
  }),
];
