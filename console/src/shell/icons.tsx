import {
  AppstoreOutlined as Appstore,
  ApiOutlined as Api,
  AuditOutlined as Audit,
  BarChartOutlined as BarChart,
  BellOutlined as Bell,
  BookOutlined as Book,
  CheckOutlined as Check,
  CommentOutlined as Comment,
  ContainerOutlined as Container,
  CopyOutlined as Copy,
  CustomerServiceOutlined as CustomerService,
  DownloadOutlined as Download,
  EllipsisOutlined as Ellipsis,
  EyeInvisibleOutlined as EyeInvisible,
  ExperimentOutlined as Experiment,
  EyeOutlined as Eye,
  FileAddOutlined as FileAdd,
  FolderOpenOutlined as FolderOpen,
  GlobalOutlined as Global,
  ImportOutlined as Import,
  KeyOutlined as Key,
  MenuOutlined as Menu,
  PictureOutlined as Picture,
  PlusOutlined as Plus,
  PrinterOutlined as Printer,
  ReadOutlined as Read,
  ReloadOutlined as Reload,
  RocketOutlined as Rocket,
  RollbackOutlined as Rollback,
  SearchOutlined as Search,
  SendOutlined as Send,
  SettingOutlined as Setting,
  ShopOutlined as Shop,
  SwapOutlined as Swap,
  TagOutlined as Tag,
  TeamOutlined as Team,
  UndoOutlined as Undo,
  UserAddOutlined as UserAdd,
} from "@ant-design/icons";
import type { ComponentType } from "react";

interface Silenced {
  className?: string;
  "aria-hidden": true;
  "aria-label": undefined;
 
}

/** Icons stand beside words here, so they are not read out to those who have the words read to them. */
function silent(Icon: ComponentType<Silenced>) {
  return function Silent({ className }: { className?: string }) {
    return (
      <Icon {...(className && { className })} aria-hidden aria-label={undefined} />
    );
  };
}

export const AppstoreOutlined = silent(Appstore);
export const ApiOutlined = silent(Api);
export const AuditOutlined = silent(Audit);
export const BarChartOutlined = silent(BarChart);
export const BellOutlined = silent(Bell);
export const BookOutlined = silent(Book);
export const CheckOutlined = silent(Check);
export const CommentOutlined = silent(Comment);
export const ContainerOutlined = silent(Container);
export const CopyOutlined = silent(Copy);
export const CustomerServiceOutlined = silent(CustomerService);
export const DownloadOutlined = silent(Download);
export const EllipsisOutlined = silent(Ellipsis);
export const ExperimentOutlined = silent(Experiment);
export const EyeInvisibleOutlined = silent(EyeInvisible);
export const EyeOutlined = silent(Eye);
export const FileAddOutlined = silent(FileAdd);
export const FolderOpenOutlined = silent(FolderOpen);
export const GlobalOutlined = silent(Global);
export const ImportOutlined = silent(Import);
export const KeyOutlined = silent(Key);
export const MenuOutlined = silent(Menu);
export const PictureOutlined = silent(Picture);
export const PlusOutlined = silent(Plus);
export const PrinterOutlined = silent(Printer);
export const ReadOutlined = silent(Read);
export const ReloadOutlined = silent(Reload);
export const RocketOutlined = silent(Rocket);
export const RollbackOutlined = silent(Rollback);
export const SearchOutlined = silent(Search);
export const SendOutlined = silent(Send);
export const SettingOutlined = silent(Setting);
export const ShopOutlined = silent(Shop);
export const SwapOutlined = silent(Swap);
export const TagOutlined = silent(Tag);
export const TeamOutlined = silent(Team);
export const UndoOutlined = silent(Undo);
export const UserAddOutlined = silent(UserAdd);
